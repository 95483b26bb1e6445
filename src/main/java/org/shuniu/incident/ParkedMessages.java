package org.shuniu.incident;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.shuniu.store.CaseFiles;
import org.springframework.jdbc.core.JdbcTemplate;

/** Sees partners whose messages wait for a person. */
final class ParkedMessages implements Watcher {

    /** More are as good as so many. */
    private static final int COUNTED = 100_000;

    private static final String PARKED = """
            select p.partner, o.settled_at, o.reason, o.fault,
                (select count(*) from (select 1 from delivery where state = 'parked' and receiver = p.partner limit ?) d) as cases
            from unnest(?::text[]) as p(partner) join lateral (
                select settled_at, reason, coalesce(fault, 'hub') as fault from delivery
                where state = 'parked' and receiver = p.partner order by settled_at limit 1) o on true
            """;

    private final JdbcTemplate sql;
    private final String[] partners;
    private final Duration longest;

    /** @param longest how long somebody may be about to act */
    ParkedMessages(JdbcTemplate sql, List<String> partners, Duration longest) {
        this.sql = sql;
        this.partners = partners.toArray(String[]::new);
        this.longest = longest;
    }

    @Override
    public Set<IncidentKind> kinds() {
        return Set.of(IncidentKind.PARKED);
    }

    @Override
    public List<Condition> look(Instant now) {
        return sql.query(PARKED, (row, number) -> parked(row, now), COUNTED, partners);
    }

    private Condition parked(ResultSet row, Instant now) throws SQLException {
        Instant since = Objects.requireNonNull(CaseFiles.instant(row, "settled_at"));
        return new Condition(
                        IncidentKind.PARKED,
                        row.getString("partner"),
                        since,
                        row.getLong("cases"),
                        row.getString("fault"))
                .saying(row.getString("reason"))
                .opens(!now.isBefore(since.plus(longest)));
    }
}
