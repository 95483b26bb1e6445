package org.shuniu.incident;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.shuniu.store.CaseFiles;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Counts cases by sender and receiver, a stretch of time at a time, by the index of receivers. Whether any came at all is read on
 * from where it was read to before: of the cases of half an hour each is looked at once, not every minute.
 */
final class CaseCounts implements Silences.Counts {

    private static final String COUNT = """
            select c.sender, r.receiver, count(*) as cases from unnest(?::text[]) as r(receiver) cross join lateral (
                select sender from case_file f where f.receiver = r.receiver and f.received_at >= ? and f.received_at < ?) c
            group by c.sender, r.receiver
            """;

    /** The newest of each receiver, so many at most: what more of a minute would add is a sender of few among very many. */
    private static final String LATEST = """
            select c.sender, r.receiver, max(c.received_at) as at
            from unnest(?::text[]) as r(receiver) cross join lateral (
                select sender, received_at from case_file f
                where f.receiver = r.receiver and f.received_at >= ? and f.received_at < ?
                order by f.received_at desc limit ?) c
            group by c.sender, r.receiver
            """;

    private static final int MOST = 20_000;
    /** What was received before is committed after so long at the latest, and clocks of processes differ by less. */
    private static final Duration LATE = Duration.ofSeconds(30);

    private final JdbcTemplate sql;
    private final Supplier<List<String>> receivers;
    /** When something came of or for a partner last. */
    private final Map<String, Instant> latest = new HashMap<>();

    private Instant readTo = Instant.EPOCH;

    CaseCounts(JdbcTemplate sql, Supplier<List<String>> receivers) {
        this.sql = sql;
        this.receivers = receivers;
    }

    @Override
    public Silences.Volume between(Instant from, Instant to) {
        Map<String, Long> bySender = new HashMap<>();
        Map<String, Long> byReceiver = new HashMap<>();
        sql.query(
                COUNT,
                row -> {
                    bySender.merge(row.getString("sender"), row.getLong("cases"), Long::sum);
                    byReceiver.merge(row.getString("receiver"), row.getLong("cases"), Long::sum);
                },
                receivers(),
                CaseFiles.utc(from),
                CaseFiles.utc(to));
        return new Silences.Volume(bySender, byReceiver);
    }

    @Override
    public Set<String> heard(Instant from, Instant to) {
        Instant next = readTo.minus(LATE);
        sql.query(
                LATEST,
                row -> {
                    Instant at = Objects.requireNonNull(CaseFiles.instant(row, "at"));
                    for (String partner : List.of(row.getString("sender"), row.getString("receiver"))) {
                        latest.merge(partner, at, (one, other) -> one.isAfter(other) ? one : other);
                    }
                },
                receivers(),
                CaseFiles.utc(next.isAfter(from) ? next : from),
                CaseFiles.utc(to),
                MOST);
        readTo = to;
        latest.values().removeIf(at -> at.isBefore(from));
        return Set.copyOf(latest.keySet());
    }

    private String[] receivers() {
        return receivers.get().toArray(String[]::new);
    }
}
