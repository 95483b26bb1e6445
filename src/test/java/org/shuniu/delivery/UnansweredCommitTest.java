package org.shuniu.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.shuniu.store.Pools;
import org.springframework.dao.TransientDataAccessResourceException;
import org.springframework.jdbc.datasource.AbstractDataSource;

/** What was committed without an answer is counted once, and what was not is not. */
class UnansweredCommitTest {

    private static EmbeddedPostgres postgres;
    private static volatile EmbeddedPostgres addressed;
    private static HikariDataSource pool;

    private final Pools.Door door = Pools.Door.of(pool);
    private final List<SettledCounts> told = new ArrayList<>();
    private final UnansweredCommit commit = new UnansweredCommit(door, told::add);
    private final SettledCounts counts = new SettledCounts();

    @BeforeAll
    static void startDatabase() throws IOException {
        postgres = server();
        addressed = postgres;
        HikariConfig config = new HikariConfig();
        config.setDataSource(new AbstractDataSource() {
            @Override
            public Connection getConnection() throws SQLException {
                return addressed.getPostgresDatabase().getConnection();
            }

            @Override
            public Connection getConnection(String username, String password) throws SQLException {
                return getConnection();
            }
        });
        pool = new HikariDataSource(config);
    }

    @AfterAll
    static void stopDatabase() throws IOException {
        pool.close();
        postgres.close();
    }

    @Test
    void countsOnceWhatWasCommittedWithoutAnAnswer() {
        door.transaction().executeWithoutResult(status -> commit.begin(counts));

        commit.resolve();
        commit.resolve();

        assertThat(told).containsExactly(counts);
    }

    @Test
    void countsNothingThatWasRolledBack() {
        door.transaction().executeWithoutResult(status -> {
            commit.begin(counts);
            status.setRollbackOnly();
        });

        commit.resolve();

        assertThat(told).isEmpty();
    }

    @Test
    void leavesToOthersWhatWasAnswered() {
        door.transaction().executeWithoutResult(status -> commit.begin(counts));
        commit.answered();

        commit.resolve();

        assertThat(told).isEmpty();
    }

    @Test
    void waitsForTheServerThatIsStillAtIt() {
        door.transaction().executeWithoutResult(status -> {
            commit.begin(counts);
            assertThatThrownBy(() -> CompletableFuture.runAsync(commit::resolve).join())
                    .hasCauseInstanceOf(TransientDataAccessResourceException.class);
        });
        assertThat(told).isEmpty();

        commit.resolve();

        assertThat(told).containsExactly(counts);
    }

    @Test
    void goesOnWithAServerThatWasRestoredFromACopy() throws IOException {
        for (int i = 0; i < 100; i++) {
            door.transaction().executeWithoutResult(status -> commit.begin(counts));
        }
        try (EmbeddedPostgres copy = server()) {
            addressed = copy;
            pool.getHikariPoolMXBean().softEvictConnections();

            commit.resolve();
            commit.resolve();
        } finally {
            addressed = postgres;
            pool.getHikariPoolMXBean().softEvictConnections();
        }
        assertThat(told).isEmpty();
    }

    private static EmbeddedPostgres server() throws IOException {
        return EmbeddedPostgres.builder()
                .setPGStartupWait(Duration.ofSeconds(60))
                .start();
    }
}
