package org.shuniu.incident;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.shuniu.store.CaseFiles;
import org.springframework.jdbc.core.JdbcTemplate;

/** Sees that this machine's clock and the database's differ: leases and signatures need them to agree. */
final class ClockDrift implements Watcher {

    private final JdbcTemplate sql;
    private final Duration most;

    /** @param most by which they may differ */
    ClockDrift(JdbcTemplate sql, Duration most) {
        this.sql = sql;
        this.most = most;
    }

    @Override
    public Set<IncidentKind> kinds() {
        return Set.of(IncidentKind.CLOCK);
    }

    @Override
    public Duration every() {
        return Duration.ofMinutes(1);
    }

    @Override
    public List<Condition> look(Instant now) {
        Instant asked = Instant.now();
        Instant there = sql.query("select clock_timestamp() as at", (row, number) -> CaseFiles.instant(row, "at"))
                .get(0);
        return condition(asked, Objects.requireNonNull(there), Instant.now(), most);
    }

    /** However long the question took, the database answered between the two. */
    static List<Condition> condition(Instant asked, Instant there, Instant answered, Duration most) {
        Duration off = there.isBefore(asked)
                ? Duration.between(there, asked)
                : there.isAfter(answered) ? Duration.between(answered, there) : Duration.ZERO;
        return off.compareTo(most) <= 0
                ? List.of()
                : List.of(new Condition(IncidentKind.CLOCK, null, null, 0, "hub")
                        .saying("%d s apart".formatted(off.toSeconds())));
    }
}
