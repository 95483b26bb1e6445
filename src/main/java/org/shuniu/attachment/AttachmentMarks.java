package org.shuniu.attachment;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.shuniu.store.Columns;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Which whole attachments a message has named: those stay, and the others go after a while. Every method runs in its
 * caller's transaction.
 */
public final class AttachmentMarks {

    /** An attachment of a partner's. */
    public record Address(String partner, String digest) implements Comparable<Address> {
        @Override
        public int compareTo(Address other) {
            int order = partner.compareTo(other.partner);
            return order != 0 ? order : digest.compareTo(other.digest);
        }
    }

    /** An attachment that a message of a case names. */
    public record Named(Address address, String caseNo) implements Comparable<Named> {
        @Override
        public int compareTo(Named other) {
            int order = address.compareTo(other.address);
            return order != 0 ? order : caseNo.compareTo(other.caseNo);
        }
    }

    private static final String WANTED = "unnest(?::text[], ?::text[]) as w(partner, digest)";

    /** In sorted order; what was named before is safe, and nobody waits for it. */
    private static final String HOLD = """
            select a.digest from attachment a join %s on a.partner = w.partner and a.digest = w.digest
            where a.unnamed_since is not null order by a.partner, a.digest for no key update of a
            """.formatted(WANTED);

    /** Nobody removes these while they are named, be it that the cases are erased that named them before. */
    private static final String HERE = """
            select a.partner, a.digest from attachment a join %s on a.partner = w.partner and a.digest = w.digest
            order by a.partner, a.digest for key share of a
            """.formatted(WANTED);

    private static final String NAME = """
            update attachment a set unnamed_since = null from %s
            where a.partner = w.partner and a.digest = w.digest and a.unnamed_since is not null
            """.formatted(WANTED);

    private static final String OF_CASE = """
            insert into attachment_case (partner, digest, case_no) select * from unnest(?::text[], ?::text[], ?::text[])
            on conflict do nothing
            """;

    private static final String FORGET = "delete from attachment_case where case_no = any(?) returning partner, digest";

    /** An acceptance that names one holds its row, and is waited for here; what it wrote is seen by the next statement. */
    private static final String ALONE = """
            select 1 from attachment a join %s on a.partner = w.partner and a.digest = w.digest
            order by a.partner, a.digest for update of a
            """.formatted(WANTED);

    private static final String RELEASE = """
            update attachment a set unnamed_since = 'epoch' from %s
            where a.partner = w.partner and a.digest = w.digest and a.cases_known and not exists (
                select 1 from attachment_case c where c.partner = a.partner and c.digest = a.digest)
            """.formatted(WANTED);

    private final JdbcTemplate sql;

    public AttachmentMarks(JdbcTemplate sql) {
        this.sql = sql;
    }

    /** Keeps these from being removed until the transaction ends; returns those that are here. */
    public Set<Address> hold(Collection<Address> wanted) {
        Set<Address> here = new HashSet<>();
        if (wanted.isEmpty()) {
            return here;
        }
        Set<Address> sorted = new TreeSet<>(wanted);
        String[] partners = Columns.texts(sorted, Address::partner);
        String[] digests = Columns.texts(sorted, Address::digest);
        sql.queryForList(HOLD, String.class, partners, digests);
        sql.query(
                HERE,
                row -> {
                    here.add(new Address(row.getString("partner"), row.getString("digest")));
                },
                partners,
                digests);
        return here;
    }

    /**
     * Messages of cases name these, which were held before; from now on they stay as long as a case does that names them.
     *
     * @param held with each, the number of the case
     */
    public void name(Collection<Named> held) {
        if (held.isEmpty()) {
            return;
        }
        List<Named> sorted = held.stream().distinct().sorted().toList();
        String[] partners = Columns.texts(sorted, one -> one.address().partner());
        String[] digests = Columns.texts(sorted, one -> one.address().digest());
        sql.update(NAME, partners, digests);
        sql.update(OF_CASE, partners, digests, Columns.texts(sorted, Named::caseNo));
    }

    /** These cases name nothing any more: what no other one names goes as what no message has named for long. */
    public void release(Collection<String> cases) {
        Set<Address> named = new TreeSet<>(sql.query(
                FORGET, (row, number) -> new Address(row.getString("partner"), row.getString("digest")), (Object)
                        cases.toArray(String[]::new)));
        if (!named.isEmpty()) {
            String[] partners = Columns.texts(named, Address::partner);
            String[] digests = Columns.texts(named, Address::digest);
            sql.queryForList(ALONE, Integer.class, partners, digests);
            sql.update(RELEASE, partners, digests);
        }
    }
}
