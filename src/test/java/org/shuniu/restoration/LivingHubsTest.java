package org.shuniu.restoration;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.shuniu.embedded.EmbeddedDatabase;
import org.shuniu.store.MigratedDatabase;
import org.shuniu.store.Pools;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** A beat in a backup is of a hub that lived when it was taken; one that moves is of one that lives. */
class LivingHubsTest {

    private static final Duration BEAT = Duration.ofMillis(500);

    @TempDir
    static Path directory;

    private static EmbeddedDatabase server;
    private static JdbcTemplate sql;

    @BeforeAll
    static void start() {
        server = MigratedDatabase.start(directory.resolve("postgres"));
        sql = new JdbcTemplate(new DriverManagerDataSource(server.url(EmbeddedDatabase.HUB), "postgres", ""));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void restore() {
        await().alias("the last test's connections are gone").until(() -> connections() == 0);
        sql.update("delete from hub_process");
        sql.update("""
                insert into hub_process (id, place, started_at, steady_since, beat_at, drift_millis)
                values (gen_random_uuid(), 'there:/data', now(), now(), now(), 0)
                """);
    }

    @Test
    void findsNoneWhereABeatIsYoungAndStandsStill() {
        assertThatCode(hubs()::requireNone).doesNotThrowAnyException();
    }

    @Test
    void findsOneWhoseBeatMoves() {
        AtomicBoolean lives = new AtomicBoolean(true);
        CompletableFuture<Void> hub = CompletableFuture.runAsync(() -> {
            while (lives.get()) {
                sql.update("update hub_process set beat_at = clock_timestamp()");
            }
        });

        assertThatThrownBy(hubs()::requireNone).hasMessageContaining("a hub says every few seconds that it runs");

        lives.set(false);
        hub.join();
    }

    @Test
    void findsOneByItsConnectionsThoughItIsSilent() {
        sql.update("delete from hub_process");
        try (Pools living = Pools.open(server.url(EmbeddedDatabase.HUB), "postgres", "", 1, 1, 1)) {
            living.console().sql().execute("select 1");

            assertThatThrownBy(hubs()::requireNone).hasMessageContaining("connection(s) to this database");
        }
    }

    private static int connections() {
        return sql.queryForObject(
                "select count(*) from pg_stat_activity where application_name = 'shuniu'", Integer.class);
    }

    private static LivingHubs hubs() {
        return new LivingHubs(sql, BEAT, Duration.ofMinutes(1));
    }
}
