package org.shuniu.incident;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.shuniu.store.CaseFiles;
import org.springframework.jdbc.core.JdbcTemplate;

/** Sees that something was in the hub's queues that nobody can read, until a person has settled it. */
final class DeadMessages implements Watcher {

    /** More are as good as so many. */
    private static final int COUNTED = 100_000;

    private static final String OLDEST = """
            select d.arrived_at, d.queue, d.reason, (select count(*) from (
                select 1 from dead_message where settled_at is null limit ?) c) as messages
            from dead_message d where d.settled_at is null order by d.id limit 1
            """;

    private final JdbcTemplate sql;
    private final Duration longest;

    /** @param longest how long somebody may be about to act */
    DeadMessages(JdbcTemplate sql, Duration longest) {
        this.sql = sql;
        this.longest = longest;
    }

    @Override
    public Set<IncidentKind> kinds() {
        return Set.of(IncidentKind.DEAD);
    }

    @Override
    public List<Condition> look(Instant now) {
        return sql.query(
                OLDEST,
                (row, number) -> {
                    Instant since = Objects.requireNonNull(CaseFiles.instant(row, "arrived_at"));
                    return new Condition(IncidentKind.DEAD, null, since, row.getLong("messages"), "hub")
                            .saying("%s: %s".formatted(row.getString("queue"), row.getString("reason")))
                            .opens(!now.isBefore(since.plus(longest)));
                },
                COUNTED);
    }
}
