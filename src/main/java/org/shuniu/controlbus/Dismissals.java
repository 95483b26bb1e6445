package org.shuniu.controlbus;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.shuniu.audit.AuditLog;
import org.shuniu.document.CaseTimes;
import org.shuniu.store.CaseEvent;
import org.shuniu.store.CaseFiles;
import org.shuniu.store.EventLog;
import org.shuniu.store.Pools;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Ends what is no delivery and waits for a person: answers that the hub could not take, results that are overdue, messages that
 * nobody can read. Every act of a person is in the audit log; messages are kept as they are.
 */
public final class Dismissals {

    private record Ended(UUID id, @Nullable String caseNo, String partner, String document, String how) {}

    private record Looked(UUID id, OffsetDateTime acceptedAt, Optional<Ended> ended) {}

    private record Question(UUID delivery, String caseNo, String partner) {}

    private static final UUID FIRST = new UUID(0, 0);
    private static final OffsetDateTime EVER = Instant.EPOCH.atOffset(ZoneOffset.UTC);

    private static final String SETTLE = """
            update message set parked_end = 'settled', parked_ended_at = now()
            where id = ? and parked_reason is not null and parked_ended_at is null
            returning id, case_no, partner, document, parked_end
            """;
    /**
     * Ids rise with time. Of a contradiction to a result only a person can say that it is none. It holds no case, so it waits for no
     * row that another transaction holds: the next look sees that again.
     */
    private static final String OVERTAKEN = """
            with looked as (
                select m.id, m.accepted_at, case
                    when exists (select 1 from message l where l.case_no = m.case_no and l.id > m.id and l.partner = m.partner
                        and l.document = m.document and l.digest = m.digest and l.parked_reason is null) then 'taken'
                    when m.document in ('status', 'result') and exists (select 1 from case_file c
                        join message r on r.id = c.result_id where c.case_no = m.case_no and r.id > m.id
                        and r.partner = m.partner) then 'superseded' end as how
                from (select * from message where parked_reason is not null and parked_ended_at is null
                    and (accepted_at, id) > (?, ?) order by accepted_at, id limit ?) m),
            chosen as (
                select m.id, l.how from looked l join message m on m.id = l.id
                where l.how is not null and m.parked_ended_at is null order by m.id for update of m skip locked),
            ended as (
                update message m set parked_end = c.how, parked_ended_at = now() from chosen c where m.id = c.id
                returning m.id, m.case_no, m.partner, m.document, m.parked_end)
            select l.id as looked_at, l.accepted_at, e.* from looked l left join ended e on e.id = l.id
            order by l.accepted_at, l.id
            """;

    private static final String OWED =
            "select delivery_id, case_no, partner from enquiry where delivery_id = ? and told";

    private final Pools.Door door;
    private final JdbcTemplate sql;
    private final EventLog events;
    private final AuditLog audit;

    private OffsetDateTime lookedUpTo = EVER;
    private UUID lookedAtLast = FIRST;

    /** @param door on whose data source the audit log writes */
    public Dismissals(Pools.Door door, EventLog events, AuditLog audit) {
        this.door = door;
        this.sql = door.sql();
        this.events = events;
        this.audit = audit;
    }

    /** Says that a parked answer needs nobody any more; false when none of this id waits. It is never taken by that. */
    public boolean settleAnswer(String operator, UUID message, String reason) {
        return Boolean.TRUE.equals(door.transaction().execute(status -> {
            List<Ended> ended = sql.query(SETTLE, Dismissals::ended, message);
            ended.forEach(one -> {
                tell(one);
                audit.record(operator, "answer-settled", message.toString(), reason);
            });
            return !ended.isEmpty();
        }));
    }

    /** Asks no more for a result that is overdue; false when none of this delivery is. What comes by itself is still taken. */
    public boolean giveUpQuestion(String operator, UUID delivery, String reason) {
        return ofQuestion(
                operator,
                "question-given-up",
                delivery,
                null,
                reason,
                () -> sql.update("delete from enquiry where delivery_id = ? and told", delivery) == 1);
    }

    /** Gives whoever owes a result more time, while the asking goes on; false when none of this delivery is overdue. */
    public boolean extendQuestion(String operator, UUID delivery, Instant until, String reason) {
        String term = CaseTimes.dateTime(until);
        return ofQuestion(
                operator,
                "question-extended",
                delivery,
                term,
                "until %s; %s".formatted(term, reason),
                () -> sql.update(
                                "update enquiry set overdue_at = ?, told = false where delivery_id = ? and told",
                                CaseFiles.utc(until),
                                delivery)
                        == 1);
    }

    /** The end of a day of the city until which somebody may be given; nothing for a day that is over, or in more than a year. */
    public static Optional<Instant> term(LocalDate day) {
        LocalDate today = LocalDate.now(CaseTimes.SHANGHAI);
        return day.isBefore(today) || day.isAfter(today.plusYears(1))
                ? Optional.empty()
                : Optional.of(day.plusDays(1).atStartOfDay(CaseTimes.SHANGHAI).toInstant());
    }

    private boolean ofQuestion(
            String operator, String kind, UUID delivery, @Nullable String detail, String reason, Act act) {
        return Boolean.TRUE.equals(door.transaction().execute(status -> {
            Optional<Question> owed = sql
                    .query(
                            OWED,
                            (row, number) -> new Question(delivery, row.getString("case_no"), row.getString("partner")),
                            delivery)
                    .stream()
                    .findFirst();
            owed.ifPresent(question -> new CaseFiles(sql).lock(List.of(question.caseNo())));
            if (owed.isEmpty() || !act.done()) {
                return false;
            }
            events.record(List.of(new CaseEvent(
                    Instant.now(),
                    owed.get().caseNo(),
                    null,
                    delivery,
                    kind,
                    owed.get().partner(),
                    null,
                    detail)));
            audit.record(operator, kind, delivery.toString(), reason);
            return true;
        }));
    }

    private interface Act {
        boolean done();
    }

    /**
     * Says that nobody has to look at what of a queue nobody can read.
     *
     * @param upTo what came later stays
     * @return how many that were
     */
    public int settleDead(String operator, String queue, OffsetDateTime upTo, String reason) {
        Integer settled = door.transaction().execute(status -> {
            int messages = sql.update(
                    "update dead_message set settled_at = now() where queue = ? and arrived_at <= ? and settled_at is null",
                    queue,
                    upTo);
            if (messages > 0) {
                audit.record(
                        operator,
                        "dead-settled",
                        queue,
                        "%d up to %s; %s".formatted(messages, CaseTimes.dateTime(upTo.toInstant()), reason));
            }
            return messages;
        });
        return settled == null ? 0 : settled;
    }

    /**
     * Ends of parked answers what needs nobody any more: its partner said the very same again and that was taken, or a later result
     * of its counts. Looks at the next so many, and once it is through, at the first again.
     *
     * @return how many it ended
     */
    public synchronized int endOvertaken(int most) {
        List<Looked> looked = door.transaction().execute(status -> {
            List<Looked> rows = sql.query(OVERTAKEN, Dismissals::looked, lookedUpTo, lookedAtLast, most);
            rows.stream().map(Looked::ended).flatMap(Optional::stream).forEach(this::tell);
            return rows;
        });
        if (looked == null || looked.size() < most) {
            lookedUpTo = EVER;
            lookedAtLast = FIRST;
        } else {
            Looked last = looked.get(looked.size() - 1);
            lookedUpTo = last.acceptedAt();
            lookedAtLast = last.id();
        }
        return looked == null
                ? 0
                : (int) looked.stream().filter(one -> one.ended().isPresent()).count();
    }

    private void tell(Ended one) {
        events.record(List.of(new CaseEvent(
                Instant.now(),
                one.caseNo(),
                one.id(),
                null,
                "answer-" + one.how(),
                one.partner(),
                null,
                one.document())));
    }

    private static Ended ended(ResultSet row, int number) throws SQLException {
        return new Ended(
                row.getObject("id", UUID.class),
                row.getString("case_no"),
                row.getString("partner"),
                row.getString("document"),
                row.getString("parked_end"));
    }

    private static Looked looked(ResultSet row, int number) throws SQLException {
        return new Looked(
                row.getObject("looked_at", UUID.class),
                row.getObject("accepted_at", OffsetDateTime.class),
                row.getString("parked_end") == null ? Optional.empty() : Optional.of(ended(row, number)));
    }
}
