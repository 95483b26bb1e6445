package org.shuniu.exchange;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.shuniu.signature.ChainHash;
import org.shuniu.signature.MessageVerifier;
import org.shuniu.store.CaseFiles;
import org.shuniu.store.Columns;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * What was signed about exchanged messages, from their acceptance to their delivery: one chain for each region and direction,
 * in which each step of a message stands once.
 */
final class EvidenceLadder {

    /** How far a message has come. */
    enum Kind {
        /** The hub that it was sent to has it, and answers for it. */
        ACCEPTED,
        /** It went out to whom it is for. */
        RELAYED,
        /** Whom it is for has it. */
        DELIVERED,
        /** Whom it is for decided against it. */
        REJECTED,
        /** It is given up; or its time is over, and only a person can still send it. */
        NON_DELIVERED
    }

    /** Whose messages a chain is about. */
    enum Direction {
        /** The region's; the hub signs. */
        RECEIVED,
        /** The hub's; the region signs. */
        SENT;

        String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /** A chain. */
    record Chain(String partner, Direction direction) implements Comparable<Chain> {
        @Override
        public int compareTo(Chain other) {
            return Comparator.comparing(Chain::partner)
                    .thenComparing(Chain::direction)
                    .compare(this, other);
        }
    }

    /** Where a step will stand. */
    record Place(long seq, byte[] prev) {}

    /**
     * What was signed.
     *
     * @param evidence as it is kept and shown, without a line end
     * @param base what was signed where that is not the evidence itself but holds its digest, or null
     */
    record Signed(byte[] evidence, String base, byte[] signature, String keyid) {
        /** What another hub signed by the message that brought it. */
        static Signed by(MessageVerifier.Verified signature, byte[] evidence) {
            return new Signed(evidence, signature.base(), signature.signature(), signature.keyid());
        }
    }

    /** Signs a step once its place is known. */
    @FunctionalInterface
    interface Signing {
        Signed at(Place place);
    }

    /**
     * A step that is to be recorded.
     *
     * @param messageId by which the sender of the message knows it
     * @param receiver whom the step is about, where a message goes to several; empty for the message itself
     */
    record Step(Chain chain, String messageId, Kind kind, String receiver, Instant at, Signing signing) {
        /** About the message itself, and signed already, wherever it will stand. */
        static Step of(Chain chain, String messageId, Kind kind, Instant at, Signed signed) {
            return new Step(chain, messageId, kind, "", at, place -> signed);
        }
    }

    /** A step as it is kept. */
    record Kept(
            Chain chain,
            long seq,
            String messageId,
            Kind kind,
            String receiver,
            Instant at,
            Signed signed,
            byte[] prev,
            byte[] hash) {}

    /** Bytes of what another hub signs about a message; more are not read. */
    static final int LARGEST = 8 * 1024;

    private static final byte[] BEGINNING = new byte[32];
    private static final String BEGIN =
            "insert into exchange_chain (partner, direction, seq, hash) values (?, ?, 0, ?) on conflict do nothing";
    private static final String HEAD =
            "select seq, hash from exchange_chain where partner = ? and direction = ? for update";
    private static final String ADVANCE =
            "update exchange_chain set seq = ?, hash = ? where partner = ? and direction = ?";
    /** Whatever is known of the tables, no plan of this reads the whole chain. */
    private static final String KNOWN = """
            select w.* from unnest(?::text[], ?::text[], ?::text[]) as w(message_id, kind, receiver)
            where (select true from (select partner, direction from exchange_evidence
                    where message_id = w.message_id and kind = w.kind and receiver = w.receiver offset 0) e
                where e.partner = ? and e.direction = ?)
            """;

    private static final String KEEP = """
            insert into exchange_evidence (partner, direction, seq, message_id, kind, receiver, at, evidence, base, signature,
                keyid, prev, hash)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """;
    private static final String OF_MESSAGE =
            "select * from exchange_evidence where partner = ? and direction = ? and message_id = ? order by seq";
    private static final String AFTER =
            "select * from exchange_evidence where partner = ? and direction = ? and seq > ? order by seq limit ?";

    private final JdbcTemplate sql;

    /** @param sql on the connections of its callers' transactions */
    EvidenceLadder(JdbcTemplate sql) {
        this.sql = sql;
    }

    /**
     * Appends steps in their order, in the caller's transaction; what stands already is left out. The chains are locked to
     * the transaction's end, so that this comes last in it.
     *
     * @return what was appended
     */
    List<Kept> record(List<Step> steps) {
        Map<Chain, List<Step>> byChain = new TreeMap<>();
        steps.forEach(step -> byChain.computeIfAbsent(step.chain(), chain -> new ArrayList<>())
                .add(step));
        List<Kept> appended = new ArrayList<>();
        byChain.forEach((chain, some) -> appended.addAll(append(chain, some)));
        return appended;
    }

    /** Whether such a step stands already. */
    boolean has(Step step) {
        return !known(step.chain(), List.of(step)).isEmpty();
    }

    private List<Kept> append(Chain chain, List<Step> steps) {
        String direction = chain.direction().word();
        sql.update(BEGIN, chain.partner(), direction, BEGINNING);
        Place head = sql.queryForObject(
                HEAD, (row, number) -> new Place(row.getLong("seq"), row.getBytes("hash")), chain.partner(), direction);
        Set<String> known = known(chain, steps);
        List<Kept> appended = new ArrayList<>();
        for (Step step : steps) {
            if (known.add(mark(step.messageId(), step.kind().name(), step.receiver()))) {
                Kept kept = kept(step, new Place(head.seq() + 1, head.prev()));
                appended.add(kept);
                head = new Place(kept.seq(), kept.hash());
            }
        }
        sql.batchUpdate(KEEP, appended.stream().map(EvidenceLadder::row).toList());
        sql.update(ADVANCE, head.seq(), head.prev(), chain.partner(), direction);
        return appended;
    }

    private Set<String> known(Chain chain, List<Step> steps) {
        return new HashSet<>(sql.query(
                KNOWN,
                (row, number) -> mark(row.getString(1), row.getString(2), row.getString(3)),
                Columns.texts(steps, Step::messageId),
                Columns.texts(steps, Step::kind),
                Columns.texts(steps, Step::receiver),
                chain.partner(),
                chain.direction().word()));
    }

    private static String mark(String messageId, String kind, String receiver) {
        return messageId + " " + kind + " " + receiver;
    }

    private static Kept kept(Step step, Place place) {
        Signed signed = step.signing().at(place);
        return new Kept(
                step.chain(),
                place.seq(),
                step.messageId(),
                step.kind(),
                step.receiver(),
                step.at(),
                signed,
                place.prev(),
                ChainHash.of(place.prev(), signed.evidence()));
    }

    private static Object[] row(Kept kept) {
        return new Object[] {
            kept.chain().partner(),
            kept.chain().direction().word(),
            kept.seq(),
            kept.messageId(),
            kept.kind().name(),
            kept.receiver(),
            CaseFiles.utc(kept.at()),
            kept.signed().evidence(),
            kept.signed().base(),
            kept.signed().signature(),
            kept.signed().keyid(),
            kept.prev(),
            kept.hash()
        };
    }

    /** The steps of one message, in their order. */
    List<Kept> of(Chain chain, String messageId) {
        return query(OF_MESSAGE, chain, messageId);
    }

    /** What follows this place of a chain. */
    List<Kept> after(Chain chain, long seq, int most) {
        return query(AFTER, chain, seq, most);
    }

    private List<Kept> query(String statement, Chain chain, Object... rest) {
        List<Object> values =
                new ArrayList<>(List.of(chain.partner(), chain.direction().word()));
        values.addAll(List.of(rest));
        return sql.query(
                statement,
                (row, number) -> new Kept(
                        chain,
                        row.getLong("seq"),
                        row.getString("message_id"),
                        Kind.valueOf(row.getString("kind")),
                        row.getString("receiver"),
                        CaseFiles.instant(row, "at"),
                        new Signed(
                                row.getBytes("evidence"),
                                row.getString("base"),
                                row.getBytes("signature"),
                                row.getString("keyid")),
                        row.getBytes("prev"),
                        row.getBytes("hash")),
                values.toArray());
    }
}
