package org.shuniu.delivery;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;

/** The transitions of deliveries in the database; every method runs in its caller's transaction. */
final class DeliveryStore {

    /** A delivery as it stands. */
    record Row(
            UUID id,
            UUID messageId,
            String document,
            String caseNo,
            String receiver,
            String queue,
            String state,
            Instant createdAt) {}

    /** A delivery whose claim ran out before anybody settled it. */
    record Lapsed(UUID id, String caseNo, String receiver, int spent) {}

    private static final String CLAIM = """
            update delivery d set attempt = d.attempt + 1, claim_owner = ?, claim_until = now() + ? * interval '1 millisecond',
                sent_until = null
            where d.id = ? and d.attempt = ? and d.state = 'pending' and not d.held and d.due_at <= now()
                and d.claim_until is null and not exists (select 1 from pause p where p.partner = d.receiver
                    and not (p.reason = 'circuit' and p.probe = d.id))
            """;
    private static final String POSTPONE = """
            update delivery set due_at = now() + ? * interval '1 millisecond', spent = spent + ?, claim_owner = null,
                claim_until = null, sent_until = null, reason = ?, fault = 'receiver', ask_first = ?
            where id = ? and state = 'pending' and claim_owner = ? and attempt = ?
            """;
    private static final String PARK = """
            update delivery set state = 'parked', claim_owner = null, claim_until = null, sent_until = null, reason = ?,
                fault = ?, settled_at = now() where id = ? and state = 'pending'
            """;
    private static final String FINISH = """
            update delivery set state = ?, claim_owner = null, claim_until = null, sent_until = null, held = false,
                reason = ?, fault = null, settled_at = now() where id = ? and state in ('pending', 'parked')
            """;

    private final JdbcTemplate sql;

    DeliveryStore(JdbcTemplate sql) {
        this.sql = sql;
    }

    boolean claim(UUID id, int attempt, UUID owner, Duration lease) {
        return sql.update(CLAIM, owner, lease.toMillis(), id, attempt) == 1;
    }

    boolean postpone(UUID id, Settlement.Claim claim, Duration delay, boolean spends, String reason, boolean askFirst) {
        return sql.update(
                        POSTPONE, delay.toMillis(), spends ? 1 : 0, reason, askFirst, id, claim.owner(), claim.number())
                == 1;
    }

    boolean park(UUID id, String reason, String fault) {
        return sql.update(PARK, reason, fault, id) == 1;
    }

    boolean finish(UUID id, String state, String reason) {
        return sql.update(FINISH, state, reason, id) == 1;
    }

    Optional<Row> find(UUID id) {
        return sql
                .query(
                        "select id, message_id, document, case_no, receiver, queue, state, created_at from delivery where id = ?",
                        DeliveryStore::row,
                        id)
                .stream()
                .findFirst();
    }

    /** The delivery that a receiver's own message about a case speaks of: the newest of the kind that it works on. */
    Optional<Row> find(String receiver, String caseNo, UUID messageId) {
        return sql.query("""
                        select id, message_id, document, case_no, receiver, queue, state, created_at from delivery
                        where receiver = ? and case_no = ? and queue = 'application'
                        order by (message_id = ?) desc nulls last, (document = 'application') desc, created_at desc limit 1
                        """, DeliveryStore::row, receiver, caseNo, messageId).stream()
                .findFirst();
    }

    List<Lapsed> lapsed(int most) {
        return sql.query(
                """
                select id, case_no, receiver, spent from delivery where state = 'pending' and claim_until < now()
                order by id limit ? for update skip locked
                """,
                (row, number) -> new Lapsed(
                        row.getObject("id", UUID.class),
                        row.getString("case_no"),
                        row.getString("receiver"),
                        row.getInt("spent")),
                most);
    }

    void reopen(UUID id, boolean askFirst, String reason) {
        sql.update("""
                update delivery set claim_owner = null, claim_until = null, sent_until = null, due_at = now(),
                    ask_first = ?, reason = ?, fault = 'receiver' where id = ? and state = 'pending'
                """, askFirst, reason, id);
    }

    private static Row row(ResultSet row, int number) throws SQLException {
        return new Row(
                row.getObject("id", UUID.class),
                row.getObject("message_id", UUID.class),
                row.getString("document"),
                row.getString("case_no"),
                row.getString("receiver"),
                row.getString("queue"),
                row.getString("state"),
                row.getObject("created_at", OffsetDateTime.class).toInstant());
    }
}
