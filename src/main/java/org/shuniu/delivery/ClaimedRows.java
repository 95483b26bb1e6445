package org.shuniu.delivery;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.shuniu.enrichment.Copies;
import org.shuniu.store.CaseFile;
import org.shuniu.store.CaseFiles;
import org.shuniu.store.DatabaseTime;
import org.shuniu.versions.Versions;
import org.springframework.jdbc.core.JdbcTemplate;

/** Claims deliveries in the database and reads, in the same statement, what their attempts need to know. */
final class ClaimedRows {

    /**
     * What is wanted.
     *
     * @param attempt how many attempts have begun, as the broker's copy says
     * @param withBody whether the body must be read too
     */
    record Wanted(UUID deliveryId, int attempt, Duration lease, boolean withBody) {}

    /** What stands behind a claim; the body only where it was asked for, copies only where others have given some. */
    record Row(
            UUID deliveryId,
            UUID messageId,
            String document,
            String receiver,
            int attempt,
            int spent,
            boolean askFirst,
            Instant acceptedAt,
            CaseFile file,
            byte[] body,
            boolean enriched,
            List<Copies.Sealed> copies,
            Attempt.Terms terms) {

        Row with(List<Copies.Sealed> given) {
            return new Row(
                    deliveryId,
                    messageId,
                    document,
                    receiver,
                    attempt,
                    spent,
                    askFirst,
                    acceptedAt,
                    file,
                    body,
                    enriched,
                    given,
                    terms);
        }
    }

    /**
     * Rows are locked in the order of their ids, so that two groups never wait for each other in a ring. Read as a pattern, the state
     * leads to no index of all that is pending: each row is found by its id, however little waited when the database last counted.
     */
    private static final String CLAIM = """
            with wanted as (
                select * from unnest(?::uuid[], ?::int[], ?::bigint[], ?::boolean[]) as w(id, attempt, lease, with_body)),
            ready as (
                select d.id, w.lease, w.with_body from delivery d join wanted w on w.id = d.id and w.attempt = d.attempt
                where d.state like 'pending' and not d.held and d.due_at <= now() and d.claim_until is null
                    and not exists (select 1 from pause p where p.partner = d.receiver
                        and not (p.reason in ('circuit', 'certificate') and p.probe is not distinct from d.id))
                order by d.id for update of d),
            claimed as (
                update delivery d set attempt = d.attempt + 1, claim_owner = ?,
                    claim_until = now() + r.lease * interval '1 millisecond', sent_until = null, woken = false
                from ready r where d.id = r.id
                returning d.id, d.message_id, d.case_no, d.document, d.receiver, d.attempt, d.spent, d.ask_first,
                    d.enriched, d.again, d.versions, d.first_translation, d.correction, r.with_body)
            select d.id as delivery_id, d.message_id, d.document, d.receiver as delivery_receiver, d.attempt, d.spent,
                d.ask_first, d.enriched, d.again, d.versions, d.first_translation, d.correction,
                now() as claimed_at, m.accepted_at, coalesce(k.body, case when d.with_body then m.body end) as body, c.*
            from claimed d join message m on m.id = d.message_id join case_file c on c.case_no = d.case_no
                left join correction k on k.id = d.correction
            """;

    private final JdbcTemplate sql;
    private final Copies copies;

    ClaimedRows(JdbcTemplate sql) {
        this.sql = sql;
        this.copies = new Copies(sql);
    }

    Map<UUID, Row> claim(List<Wanted> wanted, UUID owner) {
        Map<UUID, Row> claimed = new HashMap<>();
        sql.query(
                CLAIM,
                row -> {
                    Row read = row(row);
                    claimed.put(read.deliveryId(), read);
                },
                wanted.stream().map(one -> one.deliveryId().toString()).toArray(String[]::new),
                wanted.stream().map(Wanted::attempt).toArray(Integer[]::new),
                wanted.stream().map(one -> one.lease().toMillis()).toArray(Long[]::new),
                wanted.stream().map(Wanted::withBody).toArray(Boolean[]::new),
                owner);
        complete(claimed);
        return claimed;
    }

    private void complete(Map<UUID, Row> claimed) {
        List<UUID> enriched = claimed.values().stream()
                .filter(Row::enriched)
                .map(Row::deliveryId)
                .toList();
        if (!enriched.isEmpty()) {
            copies.of(enriched).forEach((id, given) -> claimed.computeIfPresent(id, (same, row) -> row.with(given)));
        }
    }

    /** Which of these ids the hub knows. */
    Set<UUID> known(List<UUID> ids) {
        return new HashSet<>(sql.queryForList("select id from delivery where id = any(?::uuid[])", UUID.class, (Object)
                ids.stream().map(UUID::toString).toArray(String[]::new)));
    }

    private static Row row(ResultSet row) throws SQLException {
        return new Row(
                row.getObject("delivery_id", UUID.class),
                row.getObject("message_id", UUID.class),
                row.getString("document"),
                row.getString("delivery_receiver"),
                row.getInt("attempt"),
                row.getInt("spent"),
                row.getBoolean("ask_first"),
                row.getObject("accepted_at", OffsetDateTime.class).toInstant(),
                CaseFiles.read(row, 0),
                row.getBytes("body"),
                row.getBoolean("enriched"),
                List.of(),
                new Attempt.Terms(
                        row.getBoolean("again"),
                        Versions.ofKept(row.getString("versions")),
                        row.getObject("first_translation", Integer.class),
                        row.getObject("correction", UUID.class),
                        null,
                        null,
                        DatabaseTime.read(row, "claimed_at")));
    }
}
