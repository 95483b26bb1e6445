package org.shuniu.retention;

import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;

/** What goes with the body of an application; every method runs in its caller's transaction. */
final class ErasedCases {

    private static final String CASES = "select case_no from case_file where application_id = any(?) order by case_no";
    private static final String INDEX = "update case_file set applicant_index = null where case_no = any(?)";
    private static final String NAMES = "delete from attachment_case where case_no = any(?) returning partner, digest";

    /** An acceptance that names one holds its row, and is waited for here; what it wrote is seen by the next statement. */
    private static final String HOLD = """
            select 1 from attachment a join unnest(?::text[], ?::text[]) as w(partner, digest)
                on a.partner = w.partner and a.digest = w.digest
            order by a.partner, a.digest for update of a
            """;

    /** Left to what removes the files of uploads that nobody goes on with. */
    private static final String GIVE_UP = """
            with gone as (
                delete from attachment a using unnest(?::text[], ?::text[]) as w(partner, digest)
                where a.partner = w.partner and a.digest = w.digest and not exists (
                    select 1 from attachment_case c where c.partner = a.partner and c.digest = a.digest)
                returning a.partner, a.digest, a.length, a.storage_name)
            insert into attachment_upload (partner, digest, length, storage_name, touched_at)
            select partner, digest, length, storage_name, 'epoch' from gone
            on conflict do nothing
            """;

    private record Name(String partner, String digest) {}

    private final JdbcTemplate sql;

    ErasedCases(JdbcTemplate sql) {
        this.sql = sql;
    }

    /** Nobody finds a case by its applicant any more, and attachments go that no other case names. */
    void followed(List<UUID> messages) {
        List<String> cases = sql.queryForList(CASES, String.class, (Object) messages.toArray(UUID[]::new));
        if (cases.isEmpty()) {
            return;
        }
        Object numbers = cases.toArray(String[]::new);
        sql.update(INDEX, numbers);
        List<Name> names =
                sql.query(NAMES, (row, number) -> new Name(row.getString("partner"), row.getString("digest")), numbers);
        if (!names.isEmpty()) {
            String[] partners = names.stream().map(Name::partner).toArray(String[]::new);
            String[] digests = names.stream().map(Name::digest).toArray(String[]::new);
            sql.queryForList(HOLD, Integer.class, partners, digests);
            sql.update(GIVE_UP, partners, digests);
        }
    }
}
