package org.shuniu.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.shuniu.audit.AuditLog;
import org.shuniu.embedded.EmbeddedDatabase;
import org.shuniu.store.MigratedDatabase;
import org.shuniu.store.Pools;
import org.shuniu.store.RowsRead;
import org.springframework.jdbc.core.JdbcTemplate;

/** What the database reads for a batch, which decides whether a plan of many ends. */
class PlanBatchTest {

    private static final int MANY = 10_000;
    private static final int BATCH = 100;
    private static final UUID PLAN = UUID.fromString("00000000-0000-0000-0000-000000000001");

    private static final String PLAN_OF = """
            insert into plan (id, state, filter, conditions, per_second, total, doubles, made_by, approved_by)
            values (?, 'running', '{}', '{}', 1000, ?, 0, 'a', 'b')
            """;

    @TempDir
    static Path directory;

    private static EmbeddedDatabase server;
    private static Pools pools;
    private static JdbcTemplate sql;

    @BeforeAll
    static void start() {
        server = MigratedDatabase.start(directory.resolve("postgres"));
        pools = Pools.open(server.url("shuniu"), "postgres", "", 1, 1, 1);
        sql = pools.settlement().sql();
    }

    @AfterAll
    static void stop() {
        pools.close();
        server.close();
    }

    @Test
    void readsLittleMoreThanItSendsWhereStatisticsKnowOfNothingParked() {
        statisticsOfWhenAllWasDelivered();
        PlanLeases leases = process();
        PlanBatch batch = batch(leases);
        long epoch = leases.hold(PLAN).orElseThrow();
        long before = read();

        int sent = batch.send(PLAN, epoch, "economy", false, BATCH, 0);
        long read = read() - before;

        assertThat(sent).isEqualTo(BATCH);
        assertThat(sql.queryForObject(
                        "select count(*) from delivery where state = 'pending' and receiver = 'economy'",
                        Integer.class))
                .isEqualTo(BATCH);
        assertThat(sql.queryForObject(
                        "select count(*) from plan_delivery where state = 'sent' and plan_id = ?", Integer.class, PLAN))
                .isEqualTo(BATCH);
        // All that is parked may be read once, and not once for each that is sent.
        assertThat(read).isLessThan(4L * MANY);
    }

    /** Its file goes to its receiver as it was closed, whatever becomes of the delivery. */
    @Test
    void doubtsWhatStandsInAFileThatIsClosed() {
        UUID gathered = UUID.randomUUID();
        UUID closed = UUID.randomUUID();
        UUID sentBack = UUID.randomUUID();
        for (UUID delivery : List.of(gathered, closed, sentBack)) {
            sql.update("""
                    insert into delivery (id, message_id, document, case_no, receiver, queue, state, due_at, created_at, settled_at,
                        fault)
                    values (?, ?, 'application', 'B', 'trade-union', 'application', 'parked', now(), now(), now(), 'receiver')
                    """, delivery, delivery);
            sql.update(
                    "insert into batch_row (id, partner, case_no, format, added_at) values (?, 'trade-union', 'B', '', now())",
                    delivery);
        }
        sql.update("update batch_row set number = 7, line = 1 where id = ?", closed);
        sql.update("update batch_row set number = 6, line = 1, rejected_at = now() where id = ?", sentBack);

        assertThat(sql.queryForList(
                        "select d.id from delivery d where d.case_no = 'B' and " + PlanStore.DOUBLE, UUID.class))
                .containsExactly(closed);
    }

    /** Others have taken the plan over, and may have left it again to this very process. */
    @Test
    void sendsNothingUnderAnEpochThatAnotherEnded() {
        UUID plan = UUID.randomUUID();
        UUID parked = UUID.randomUUID();
        onePlanOf(plan, parked);
        PlanLeases paused = process();
        long before = paused.hold(plan).orElseThrow();
        PlanLeases other = process();
        assertThat(other.hold(plan)).isEmpty();

        lapse(plan);
        assertThat(other.hold(plan)).hasValue(before + 1);
        int whileAnotherHasIt = batch(paused).send(plan, before, "office", false, BATCH, 0);
        lapse(plan);
        long again = paused.hold(plan).orElseThrow();
        int asOfBefore = batch(paused).send(plan, before, "office", false, BATCH, 0);

        assertThat(whileAnotherHasIt).isZero();
        assertThat(asOfBefore).isZero();
        assertThat(state(parked)).isEqualTo("parked");
        assertThat(batch(paused).send(plan, again, "office", false, BATCH, 0)).isEqualTo(1);
        assertThat(state(parked)).isEqualTo("pending");
    }

    private static PlanLeases process() {
        return new PlanLeases(sql, UUID.randomUUID(), Duration.ofMinutes(5));
    }

    private static PlanBatch batch(PlanLeases leases) {
        return new PlanBatch(
                pools.settlement(),
                events -> {},
                leases,
                new AuditLog(sql, pools.settlement().transaction(), line -> {}));
    }

    private static void lapse(UUID plan) {
        sql.update("update plan_lease set until = now() - interval '1 second' where plan_id = ?", plan);
    }

    private static String state(UUID delivery) {
        return sql.queryForObject("select state from delivery where id = ?", String.class, delivery);
    }

    private static void onePlanOf(UUID plan, UUID parked) {
        sql.update(PLAN_OF, plan, 1);
        sql.update("""
                insert into delivery (id, message_id, document, case_no, receiver, queue, state, due_at, created_at, settled_at)
                values (?, gen_random_uuid(), 'application', 'one', 'office', 'application', 'parked', now(), now(), now())
                """, parked);
        sql.update("""
                insert into plan_delivery (plan_id, receiver, number, delivery_id, case_no, parked_at, doubles, state)
                select ?, receiver, 1, id, case_no, settled_at, false, 'waiting' from delivery where id = ?
                """, plan, parked);
    }

    private static void statisticsOfWhenAllWasDelivered() {
        for (String table : new String[] {"delivery", "plan_delivery"}) {
            sql.execute("alter table %s set (autovacuum_enabled = false)".formatted(table));
        }
        sql.update(PLAN_OF, PLAN, MANY);
        sql.update("""
                insert into delivery (id, message_id, document, case_no, receiver, queue, state, due_at, created_at, settled_at)
                select gen_random_uuid(), gen_random_uuid(), 'application', 'C' || n, 'economy', 'application', 'delivered',
                    now(), now(), now() from generate_series(1, ?) n
                """, MANY);
        sql.update("""
                insert into plan_delivery (plan_id, receiver, number, delivery_id, case_no, parked_at, doubles, state)
                select ?, receiver, row_number() over (order by id), id, case_no, settled_at, false, 'sent' from delivery
                where receiver = 'economy'
                """, PLAN);
        sql.execute("analyze delivery, plan_delivery");
        sql.update("update delivery set state = 'parked' where receiver = 'economy'");
        sql.update("update plan_delivery set state = 'waiting' where plan_id = ?", PLAN);
    }

    private static long read() {
        return RowsRead.of(sql, "delivery", "plan_delivery");
    }
}
