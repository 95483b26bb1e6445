package org.shuniu.incident;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.ToLongFunction;
import org.shuniu.store.CaseFiles;
import org.springframework.jdbc.core.JdbcTemplate;

/** Sees partners that do not answer, or do not accept the hub's credentials. */
final class StoppedPartners implements Watcher {

    private static final String STOPPED =
            "select partner, reason, since, until, note from pause where reason in ('circuit', 'certificate')";

    private final JdbcTemplate sql;
    private final ServiceHours hours;
    private final ToLongFunction<String> waiting;
    private final Duration longest;

    /**
     * @param waiting how many deliveries wait for a partner
     * @param longest how long that may last before it is an incident
     */
    StoppedPartners(JdbcTemplate sql, ServiceHours hours, ToLongFunction<String> waiting, Duration longest) {
        this.sql = sql;
        this.hours = hours;
        this.waiting = waiting;
        this.longest = longest;
    }

    @Override
    public Set<IncidentKind> kinds() {
        return Set.of(IncidentKind.CIRCUIT, IncidentKind.CERTIFICATE);
    }

    /** One that answers and fails again at once is the same incident. */
    @Override
    public List<Condition> look(Instant now) {
        return sql.query(STOPPED, (row, number) -> stopped(row, now));
    }

    private Condition stopped(ResultSet row, Instant now) throws SQLException {
        IncidentKind kind = IncidentKind.of(row.getString("reason"));
        String partner = row.getString("partner");
        Instant since = Objects.requireNonNull(CaseFiles.instant(row, "since"));
        boolean forLong = !now.isBefore(since.plus(longest));
        return new Condition(
                        kind,
                        partner,
                        since,
                        waiting.applyAsLong(partner),
                        kind == IncidentKind.CIRCUIT ? "receiver" : "hub")
                .urgent(true)
                .saying(row.getString("note"))
                .next(CaseFiles.instant(row, "until"))
                .opens(forLong && hours.openFor(partner, longest));
    }
}
