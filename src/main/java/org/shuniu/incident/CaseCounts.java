package org.shuniu.incident;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.shuniu.store.CaseFiles;
import org.springframework.jdbc.core.JdbcTemplate;

/** Counts cases by sender and receiver, a stretch of time at a time, by the index of receivers. */
final class CaseCounts implements Silences.Counts {

    private static final String COUNT = """
            select c.sender, r.receiver, count(*) as cases from unnest(?::text[]) as r(receiver) cross join lateral (
                select sender from case_file f where f.receiver = r.receiver and f.received_at >= ? and f.received_at < ?) c
            group by c.sender, r.receiver
            """;

    private final JdbcTemplate sql;
    private final String[] receivers;

    CaseCounts(JdbcTemplate sql, List<String> receivers) {
        this.sql = sql;
        this.receivers = receivers.toArray(String[]::new);
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
                receivers,
                CaseFiles.utc(from),
                CaseFiles.utc(to));
        return new Silences.Volume(bySender, byReceiver);
    }
}
