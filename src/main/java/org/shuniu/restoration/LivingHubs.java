package org.shuniu.restoration;

import java.time.Duration;
import java.util.List;
import java.util.TreeSet;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The hubs that run on a database. A backup holds the beats of those that ran when it was taken, and they may be seconds old: only a beat
 * that moves, or a connection, is of one that lives.
 */
final class LivingHubs {

    private static final String CONNECTIONS = """
            select count(*) from pg_stat_activity where datname = current_database() and application_name = 'shuniu'
                and pid <> pg_backend_pid()
            """;
    /** A backup of an older version may have none. */
    private static final String BEATING = "select to_regclass('hub_process') is not null";

    private static final String BEATS = """
            select place || ' ' || id || ' ' || beat_at from hub_process
            where beat_at > clock_timestamp() - ? * interval '1 millisecond'
            """;

    private final JdbcTemplate sql;
    private final Duration beat;
    private final Duration silent;

    /**
     * @param beat how often a hub says that it runs
     * @param silent after how long without that it is gone
     */
    LivingHubs(JdbcTemplate sql, Duration beat, Duration silent) {
        this.sql = sql;
        this.beat = beat;
        this.silent = silent;
    }

    /** @throws IllegalStateException where one lives; returns at once unless the backup is younger than a hub may be silent */
    void requireNone() throws InterruptedException {
        long connections = sql.queryForObject(CONNECTIONS, Long.class);
        if (connections > 0) {
            throw new IllegalStateException(
                    "a hub has %d connection(s) to this database, expected that all hubs on it are ended"
                            .formatted(connections));
        }
        List<String> beats = beats();
        if (!beats.isEmpty()) {
            Thread.sleep(beat.multipliedBy(2).toMillis());
            if (!new TreeSet<>(beats()).equals(new TreeSet<>(beats))) {
                throw new IllegalStateException(
                        "a hub says every few seconds that it runs on this database, expected that all hubs on it are ended");
            }
        }
    }

    private List<String> beats() {
        if (Boolean.FALSE.equals(sql.queryForObject(BEATING, Boolean.class))) {
            return List.of();
        }
        return sql.queryForList(BEATS, String.class, silent.toMillis());
    }
}
