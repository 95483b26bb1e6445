package org.shuniu.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.shuniu.embedded.EmbeddedDatabase;
import org.shuniu.store.MigratedDatabase;
import org.shuniu.store.Pools;
import org.shuniu.store.RowsRead;
import org.springframework.jdbc.core.JdbcTemplate;

/** What the database reads for a claim, which is made twice in a case's life. */
class ClaimedRowsTest {

    private static final int MANY = 10_000;
    private static final int WANTED = 100;

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
    void readsLittleMoreThanItClaimsWhereStatisticsKnowOfNothingThatWaits() {
        statisticsOfWhenNothingWaited();
        UUID process = UUID.randomUUID();
        List<ClaimedRows.Wanted> wanted =
                sql.queryForList("select id from delivery order by case_no limit ?", UUID.class, WANTED).stream()
                        .map(id -> new ClaimedRows.Wanted(id, 0, Duration.ofMinutes(1), false))
                        .toList();
        long before = read();

        assertThat(new ClaimedRows(sql).claim(wanted, process)).hasSize(WANTED);

        long read = read() - before;
        assertThat(sql.queryForObject("select count(*) from delivery where claim_owner = ?", Integer.class, process))
                .isEqualTo(WANTED);
        assertThat(read).isLessThan(10L * WANTED);
    }

    private static void statisticsOfWhenNothingWaited() {
        for (String table : List.of("delivery", "message", "case_file")) {
            sql.execute("alter table %s set (autovacuum_enabled = false)".formatted(table));
        }
        sql.update("""
                insert into case_file (case_no, sender, item_code, receiver, channel, status, responsible, applicant_index,
                    application_id, received_at, changed_at)
                select 'C' || n, 'platform', 'item', 'economy', '1', '40', 'economy', '', gen_random_uuid(), now(), now()
                from generate_series(1, ?) n
                """, MANY);
        sql.update("""
                insert into message (id, partner, document, case_no, body, digest, accepted_at)
                select application_id, sender, 'application', case_no, '', '', received_at from case_file
                """);
        sql.update("""
                insert into delivery (id, message_id, document, case_no, receiver, queue, state, due_at, created_at, settled_at)
                select gen_random_uuid(), id, document, case_no, 'economy', 'application', 'delivered', now(), now(), now()
                from message
                """);
        sql.execute("analyze delivery, message, case_file");
        sql.update("update delivery set state = 'pending', settled_at = null");
    }

    private static long read() {
        return RowsRead.of(sql, "delivery");
    }
}
