package org.shuniu.incident;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.shuniu.document.CaseState;
import org.shuniu.store.CaseFiles;
import org.springframework.jdbc.core.JdbcTemplate;

/** Sees partners of whom something waits for a person. */
final class LeftToPeople implements Watcher {

    /** What of a partner {@code p} waits, each with an index of its own by partner and time. */
    enum What {
        DELIVERIES(IncidentKind.PARKED, """
                select settled_at as since, reason, coalesce(fault, 'hub') as fault, null::timestamptz as next
                from delivery where state = 'parked' and receiver = p.partner
                """),
        ANSWERS(IncidentKind.ANSWER, """
                select accepted_at as since, parked_reason as reason, 'receiver' as fault, null::timestamptz as next
                from message where parked_reason is not null and parked_ended_at is null and partner = p.partner
                """),
        QUESTIONS(IncidentKind.OVERDUE, """
                select overdue_at as since, 'case ' || case_no || ': asked ' || tries || ' times' as reason,
                    'receiver' as fault, due_at as next
                from overdue_question where partner = p.partner and status = any(o.states)
                """);

        private static final String OLDEST = """
                select p.partner, w.since, w.reason, w.fault, w.next,
                    (select count(*) from (select 1 from (%1$s) c limit ?) d) as cases
                from (select ?::text[] as states) o cross join unnest(?::text[]) as p(partner)
                    join lateral (%1$s order by since limit 1) w on true
                """;

        private final IncidentKind kind;
        private final String oldest;

        What(IncidentKind kind, String rows) {
            this.kind = kind;
            this.oldest = OLDEST.formatted(rows);
        }
    }

    /** More are as good as so many. */
    private static final int COUNTED = 100_000;

    private final What what;
    private final JdbcTemplate sql;
    private final Supplier<List<String>> partners;
    private final Duration longest;

    /** @param longest how long somebody may be about to act */
    LeftToPeople(What what, JdbcTemplate sql, Supplier<List<String>> partners, Duration longest) {
        this.what = what;
        this.sql = sql;
        this.partners = partners;
        this.longest = longest;
    }

    @Override
    public Set<IncidentKind> kinds() {
        return Set.of(what.kind);
    }

    @Override
    public List<Condition> look(Instant now) {
        return sql.query(
                what.oldest,
                (row, number) -> waits(row, now),
                COUNTED,
                CaseState.openCodes(),
                partners.get().toArray(String[]::new));
    }

    private Condition waits(ResultSet row, Instant now) throws SQLException {
        Instant since = Objects.requireNonNull(CaseFiles.instant(row, "since"));
        return new Condition(what.kind, row.getString("partner"), since, row.getLong("cases"), row.getString("fault"))
                .saying(row.getString("reason"))
                .next(CaseFiles.instant(row, "next"))
                .opens(!now.isBefore(since.plus(longest)));
    }
}
