package org.shuniu.recovery;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.shuniu.audit.AuditLog;
import org.shuniu.store.CaseEvent;
import org.shuniu.store.CaseFiles;
import org.shuniu.store.EventLog;
import org.shuniu.store.Pools;
import org.springframework.jdbc.core.JdbcTemplate;

/** Sends one batch of a plan's deliveries again: their change of state and the plan's mark are one transaction. */
final class PlanBatch {

    private record Row(int number, UUID deliveryId, String caseNo) {}

    private static final String NEXT = """
            select number, delivery_id, case_no from plan_delivery where plan_id = ? and receiver = ? and state = 'waiting'
            order by number limit ?
            """;
    /**
     * Under the lock of the cases, so that a lane's lowest open number stands still. No join: where the statistics are older than what is
     * parked, all that was parked in the same moment is read for each row of the plan.
     */
    private static final String REPLAY = """
            update delivery d set state = 'pending', spent = 0, due_at = now(), sent_until = null, settled_at = null,
                claim_owner = null, claim_until = null,
                versions = (select nullif(versions, 'case-day') from plan where id = ?),
                ask_first = d.ask_first or d.outcome_unknown and ?,
                held = d.awaits > 0 or exists (select 1 from lane l where l.case_no = d.case_no and l.receiver = d.receiver
                    and d.lane_no > l.lowest_open)
            where d.id = any(?) and d.state = 'parked' and d.settled_at = (select p.parked_at from plan_delivery p
                where p.plan_id = ? and p.receiver = ? and p.number = any(?) and p.delivery_id = d.id)
            returning d.id
            """;

    private static final String MARK = """
            update plan_delivery set state = case when delivery_id = any(?) then 'sent' else 'skipped' end
            where plan_id = ? and receiver = ? and number = any(?)
            """;
    private static final String COUNT = """
            update plan set sent = sent + ?, skipped = skipped + ?, worked_ms = worked_ms + ?,
                state = case when sent + skipped + ? = total then 'done' else state end,
                ended_at = case when sent + skipped + ? = total then now() end,
                waits = case when sent + skipped + ? = total then null else waits end
            where id = ? returning *
            """;

    private final Pools.Door door;
    private final JdbcTemplate sql;
    private final EventLog events;
    private final PlanLeases leases;
    private final PlanStore plans;
    private final AuditLog audit;

    PlanBatch(Pools.Door door, EventLog events, PlanLeases leases, AuditLog audit) {
        this.door = door;
        this.sql = door.sql();
        this.events = events;
        this.leases = leases;
        this.plans = new PlanStore(door.sql());
        this.audit = audit;
    }

    /**
     * Sends the next deliveries to one receiver.
     *
     * @param askFirst whether the receiver must be asked first where nobody knows what the last attempt did
     * @param workedMillis time to be counted as worked
     * @return how many of the plan's deliveries are dealt with; 0 when the plan is no longer this process's to run
     */
    int send(UUID plan, long epoch, String receiver, boolean askFirst, int most, long workedMillis) {
        return door.transaction().execute(status -> {
            boolean runs = leases.stillHeld(plan, epoch)
                    && plans.lock(plan)
                            .filter(row -> row.state() == Plan.State.RUNNING)
                            .isPresent();
            List<Row> batch = runs ? next(plan, receiver, most) : List.of();
            if (!batch.isEmpty()) {
                send(plan, receiver, askFirst, batch, workedMillis);
            }
            return batch.size();
        });
    }

    private List<Row> next(UUID plan, String receiver, int most) {
        return sql.query(
                NEXT,
                (row, index) -> new Row(
                        row.getInt("number"), row.getObject("delivery_id", UUID.class), row.getString("case_no")),
                plan,
                receiver,
                most);
    }

    private void send(UUID plan, String receiver, boolean askFirst, List<Row> batch, long workedMillis) {
        new CaseFiles(sql).lock(batch.stream().map(Row::caseNo).toList());
        UUID[] wanted = batch.stream().map(Row::deliveryId).toArray(UUID[]::new);
        Integer[] numbers = batch.stream().map(Row::number).toArray(Integer[]::new);
        Set<UUID> sent =
                new HashSet<>(sql.queryForList(REPLAY, UUID.class, plan, askFirst, wanted, plan, receiver, numbers));
        sql.update(MARK, sent.toArray(UUID[]::new), plan, receiver, numbers);
        Instant now = Instant.now();
        events.record(batch.stream()
                .filter(row -> sent.contains(row.deliveryId()))
                .map(row -> new CaseEvent(
                        now, row.caseNo(), null, row.deliveryId(), "replayed", receiver, null, "plan " + plan))
                .toList());
        count(plan, sent.size(), batch.size(), workedMillis);
    }

    private void count(UUID plan, int sent, int dealtWith, long workedMillis) {
        Plan after = sql.queryForObject(
                COUNT, Plan::read, sent, dealtWith - sent, workedMillis, dealtWith, dealtWith, dealtWith, plan);
        if (after.state() == Plan.State.DONE) {
            audit.record(
                    "hub",
                    "plan-done",
                    plan.toString(),
                    "%d sent, %d skipped".formatted(after.sent(), after.skipped()));
        }
    }
}
