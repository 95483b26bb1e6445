package org.shuniu.delivery;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.shuniu.document.CaseState;
import org.shuniu.partner.Enquiry;
import org.shuniu.store.CaseFile;
import org.shuniu.store.CaseFiles;
import org.shuniu.store.DatabaseTime;
import org.springframework.jdbc.core.JdbcTemplate;

/** The results that partners owe, in the database; every method runs in its caller's transaction. */
final class Enquiries {

    /**
     * A result that a partner owes from now on, or owes again.
     *
     * @param ticket by which it wants to be asked, or null
     */
    record Owed(UUID deliveryId, String partner, String caseNo, String ticket, Enquiry policy) {}

    /**
     * A question that is to be asked now.
     *
     * @param repeat whether the call itself is made again instead
     */
    record Due(
            UUID deliveryId,
            UUID messageId,
            String document,
            int tries,
            boolean repeat,
            String ticket,
            Instant acceptedAt,
            byte[] sealedBody,
            CaseFile file,
            DatabaseTime taken) {}

    /** A case whose result is late. */
    record Late(UUID deliveryId, String caseNo) {}

    private static final String OPEN = """
            insert into enquiry (delivery_id, partner, case_no, ticket, due_at, overdue_at)
            values (?, ?, ?, ?, now() + ? * interval '1 millisecond', now() + ? * interval '1 millisecond')
            on conflict (delivery_id) do update set ticket = coalesce(excluded.ticket, enquiry.ticket),
                due_at = excluded.due_at, repeat = false, tries = 0
            """;
    private static final String REPEAT =
            "update enquiry set repeat = true, due_at = now() where delivery_id = any(?::uuid[]) and not repeat";
    private static final String DROP = """
            delete from enquiry e using case_file c where e.partner = ? and e.due_at <= now() and c.case_no = e.case_no
                and (c.result_id is not null or c.status <> all(?)
                    or (select bool_and(p.state in ('passed', 'refused', 'ended')) from case_part p
                        where p.case_no = e.case_no and p.office = e.partner))
                and not exists (select 1 from pause where pause.partner = e.partner)
            """;
    private static final String LATE = """
            update enquiry e set told = true from case_file c where e.partner = ? and not e.told and e.overdue_at <= now()
                and c.case_no = e.case_no and c.result_id is null returning e.delivery_id, e.case_no
            """;
    // The next question is due whatever becomes of this one: a process that dies here has lost nothing.
    private static final String DUE = """
            with due as (
                select delivery_id, repeat from enquiry where partner = ? and due_at <= now()
                    and not exists (select 1 from pause where pause.partner = enquiry.partner)
                order by due_at limit ? for update skip locked),
            """;
    /** While calls are stopped, one question tries whether the partner is back, where no delivery is there to try it. */
    private static final String PROBE = """
            with candidate as (
                select e.delivery_id, e.repeat from enquiry e
                    join delivery d on d.id = e.delivery_id and d.state = 'delivered'
                where e.partner = ? and e.due_at <= now() order by e.due_at limit 1),
            due as (
                update pause set until = now() + ? * interval '1 millisecond', probe = (select delivery_id from candidate)
                where partner = ? and reason in ('circuit', 'certificate') and until <= now()
                    and exists (select 1 from candidate)
                    and not exists (select 1 from pause other
                        where other.partner = pause.partner and other.reason not in ('circuit', 'certificate'))
                    and not exists (select 1 from delivery waiting where waiting.receiver = pause.partner
                        and waiting.state = 'pending' and not waiting.held and waiting.claim_until is null
                        and coalesce(waiting.not_before, '-infinity') <= now())
                    and not exists (select 1 from delivery under_way where under_way.id = pause.probe
                        and under_way.state = 'pending' and under_way.claim_until is not null)
                returning probe as delivery_id, (select repeat from candidate) as repeat),
            """;

    /** A call that is made again is followed by a question again: nobody knows before that what became of it. */
    private static final String TAKEN = """
            taken as (
                update enquiry e set tries = e.tries + 1, repeat = false,
                    due_at = now() + (?::bigint[])[least(e.tries + 2, ?)] * interval '1 millisecond'
                from due where e.delivery_id = due.delivery_id
                returning e.delivery_id, e.ticket, e.tries, due.repeat)
            select t.*, now() as taken_at, d.message_id, d.document, m.accepted_at, coalesce(k.body, m.body) as body, c.*
            from taken t join delivery d on d.id = t.delivery_id and d.state = 'delivered'
                join message m on m.id = d.message_id join case_file c on c.case_no = d.case_no
                left join correction k on k.id = d.correction
            """;

    private static final String MAY_CALL = """
            select not exists (select 1 from pause where partner = ?
                and not (reason in ('circuit', 'certificate') and probe is not distinct from ?::uuid))
            """;
    private static final String NOT_ASKED = """
            update enquiry set due_at = now(), tries = greatest(0, tries - 1), repeat = repeat or ? where delivery_id = ?
            """;
    private static final String[] OPEN_STATES = CaseState.openCodes();

    private final JdbcTemplate sql;

    Enquiries(JdbcTemplate sql) {
        this.sql = sql;
    }

    void open(List<Owed> owed) {
        if (!owed.isEmpty()) {
            sql.batchUpdate(OPEN, owed.stream().map(Enquiries::row).toList());
        }
    }

    private static Object[] row(Owed one) {
        return new Object[] {
            one.deliveryId(),
            one.partner(),
            one.caseNo(),
            one.ticket(),
            one.policy().waits().get(0).toMillis(),
            one.policy().overdue().toMillis()
        };
    }

    /** The partner does not know these any more; where no result is owed, nothing happens. */
    void repeat(Collection<UUID> deliveries) {
        if (!deliveries.isEmpty()) {
            sql.update(REPEAT, (Object) deliveries.stream().map(UUID::toString).toArray(String[]::new));
        }
    }

    /** Forgets what is decided, taken back or stuck. */
    void drop(String partner) {
        sql.update(DROP, partner, OPEN_STATES);
    }

    /** Says once of each case that its result is late. */
    List<Late> late(String partner) {
        return sql.query(
                LATE,
                (row, number) -> new Late(row.getObject("delivery_id", UUID.class), row.getString("case_no")),
                partner);
    }

    List<Due> take(String partner, Enquiry policy, int most) {
        Long[] waits = policy.waits().stream().map(Duration::toMillis).toArray(Long[]::new);
        return sql.query(DUE + TAKEN, Enquiries::due, partner, most, waits, waits.length);
    }

    /**
     * The question that tries whether a partner is back whose circuit is open and for whom nothing else waits.
     *
     * @param every until the next may try
     */
    List<Due> probe(String partner, Enquiry policy, Duration every) {
        Long[] waits = policy.waits().stream().map(Duration::toMillis).toArray(Long[]::new);
        return sql.query(PROBE + TAKEN, Enquiries::due, partner, every.toMillis(), partner, waits, waits.length);
    }

    /** Whether a partner may be asked now: nothing has stopped its calls since the question was taken, or this one tries it. */
    boolean mayCall(String partner, UUID delivery) {
        return Boolean.TRUE.equals(sql.queryForObject(MAY_CALL, Boolean.class, partner, delivery));
    }

    /**
     * A question that was taken and not asked is due as it was.
     *
     * @param repeat whether the call itself was to be made again instead
     */
    void notAsked(UUID delivery, boolean repeat) {
        sql.update(NOT_ASKED, repeat, delivery);
    }

    private static Due due(ResultSet row, int number) throws SQLException {
        return new Due(
                row.getObject("delivery_id", UUID.class),
                row.getObject("message_id", UUID.class),
                row.getString("document"),
                row.getInt("tries"),
                row.getBoolean("repeat"),
                row.getString("ticket"),
                row.getObject("accepted_at", OffsetDateTime.class).toInstant(),
                row.getBytes("body"),
                CaseFiles.read(row, number),
                DatabaseTime.read(row, "taken_at"));
    }
}
