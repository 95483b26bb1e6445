package org.shuniu.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.shuniu.embedded.EmbeddedDatabase;

class PoolsTest {

    @TempDir
    static Path directory;

    private static EmbeddedDatabase server;
    private static Pools paused;
    private static Pools others;

    @BeforeAll
    static void start() {
        server = MigratedDatabase.start(directory.resolve("postgres"));
        paused = Pools.open(server.url("shuniu"), "postgres", "", 2, 2, 2);
        others = Pools.open(server.url("shuniu"), "postgres", "", 2, 2, 2);
    }

    @AfterAll
    static void stop() {
        paused.close();
        others.close();
        server.close();
    }

    @Test
    void takeItsLocksFromAProcessThatIsPausedInATransaction() {
        others.intake()
                .sql()
                .update("insert into pause (partner, reason, paused_by) values ('a-department', 'operator', 'ann')");

        assertThatThrownBy(() -> paused.settlement().transaction().executeWithoutResult(status -> {
                    paused.settlement().sql().update("delete from pause");
                    await().pollInSameThread()
                            .atMost(Duration.ofMinutes(2))
                            .ignoreExceptions()
                            .until(PoolsTest::anotherMayWrite);
                    paused.settlement().sql().update("delete from pause");
                }))
                .matches(DatabaseAway::is, "is tried again");

        assertThat(others.intake().sql().queryForObject("select note from pause", String.class))
                .isEqualTo("of another");
    }

    private static boolean anotherMayWrite() {
        return others.settlement().transaction().execute(status -> {
            others.settlement().sql().execute("set local lock_timeout = '500ms'");
            return others.settlement().sql().update("update pause set note = 'of another'") == 1;
        });
    }

    @Test
    void boundTransactionsThatWrite() {
        assertThat(others.intake().sql().queryForObject("show transaction_timeout", String.class))
                .isEqualTo("1min");
        assertThat(others.settlement().sql().queryForObject("show transaction_timeout", String.class))
                .isEqualTo("1min");
    }
}
