package org.shuniu.trials;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The database is away, slow, busy, or ends a connection at the worst moment. */
class DatabaseTrial {

    private static final String IN_COMMIT = """
        select count(pg_terminate_backend(pid)) from pg_stat_activity
        where application_name = 'shuniu' and state = 'active' and query ilike 'commit%'
        """;
    private static final String ANY = """
        select count(pg_terminate_backend(pid)) from (select pid from pg_stat_activity
            where application_name = 'shuniu' and datname = 'shuniu' order by random() limit 2) chosen
        """;

    @Test
    void promisesNothingWithoutTheDatabaseAndHealsItself() throws Exception {
        Duration pause = Trial.length(Duration.ofSeconds(30), Duration.ofSeconds(10));
        String what =
                "the database is paused for %d s, restarted, and its tables are locked".formatted(pause.toSeconds());
        try (Trial trial = Trial.of("F12", what).ready()) {
            PostgresServer server = new PostgresServer(trial.hub().data().resolve("postgres"), trial.database());
            trial.platform().start(8, 50);
            Crashes.live(Duration.ofSeconds(3));

            server.pause();
            Crashes.live(Duration.ofMillis(500));
            int promised = trial.platform().answers("202");
            Crashes.live(pause);
            int promisedMeanwhile = trial.platform().answers("202") - promised;
            server.resume();
            trial.note("202 while the database was paused", promisedMeanwhile)
                    .note("503 by then", trial.platform().answers("503"));
            Crashes.live(Duration.ofSeconds(4));

            server.restart(Duration.ofSeconds(3));
            trial.note("503 after the restart", trial.platform().answers("503"));
            Crashes.live(Duration.ofSeconds(4));

            lockTables(trial, Duration.ofSeconds(8));
            trial.note("503 after the locks", trial.platform().answers("503"));
            int healed = trial.platform().answers("202");
            Crashes.live(Duration.ofSeconds(5));
            assertThat(promisedMeanwhile).as("202 without a commit").isZero();
            assertThat(trial.platform().answers("202"))
                    .as("accepted after all that")
                    .isGreaterThan(healed);
            assertThat(trial.platform().answers("503")).as("told to come again").isPositive();
            trial.prove();
        }
    }

    /** With the tables locked every connection of the pool is soon in use. */
    private static void lockTables(Trial trial, Duration length) throws Exception {
        try (Connection connection = trial.database().connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("lock table message_key in access exclusive mode");
            Crashes.live(length);
            connection.rollback();
        }
    }

    @Test
    void doublesNothingWhenAConnectionEndsDuringItsCommit() throws Exception {
        Duration length = Trial.length(Duration.ofMinutes(3), Duration.ofSeconds(15));
        String what = "connections are ended during COMMIT and at any moment for %d s".formatted(length.toSeconds());
        try (Trial trial = Trial.of("F13", what).ready()) {
            trial.platform().start(8, 60);
            lingerInCommit(trial.database(), 50_000);
            long inCommit = 0;
            long any = 0;
            try (Connection connection = trial.database().connect();
                    Statement statement = connection.createStatement()) {
                long end = System.nanoTime() + length.toNanos();
                for (int round = 0; System.nanoTime() < end; round++) {
                    inCommit += ended(statement, IN_COMMIT);
                    if (round % 500 == 499) {
                        any += ended(statement, ANY);
                    }
                    Crashes.live(Duration.ofMillis(2));
                }
            }
            lingerInCommit(trial.database(), 0);
            assertThat(inCommit).as("connections ended during COMMIT").isPositive();
            trial.note("ended during COMMIT", inCommit)
                    .note("ended at any moment", any)
                    .prove();
        }
    }

    /** Makes every commit last long enough to be met in the middle. */
    private static void lingerInCommit(HubDatabase database, int micros) {
        database.update("alter system set commit_siblings = 0");
        database.update("alter system set commit_delay = " + micros);
        database.rows("select pg_reload_conf()");
    }

    private static long ended(Statement statement, String query) throws Exception {
        try (ResultSet count = statement.executeQuery(query)) {
            count.next();
            return count.getLong(1);
        }
    }
}
