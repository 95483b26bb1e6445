package org.shuniu.delivery;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.shuniu.partner.Partner;
import org.shuniu.partner.PartnerDirectory;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Opens a partner's circuit after failures in a row and closes it with the first answer.
 *
 * <p>An open circuit is a pause row, called {@code certificate} where the partner refuses the hub's credentials; while it
 * stands, only its probe may call the partner. It ends with any answer, and never another pause with it.
 */
final class Circuits {

    private static final String OPEN = """
            insert into pause (partner, reason, until, paused_by, note)
            select ?, ?, now() + ? * interval '1 millisecond', 'hub', ?
            where not exists (select 1 from pause where partner = ? and reason in ('circuit', 'certificate'))
            on conflict (partner, reason) do nothing
            """;
    private static final String NAME_CERTIFICATE =
            "update pause set reason = 'certificate', note = ? where partner = ? and reason = 'circuit'";
    private static final String CLOSE =
            "delete from pause where partner = any(?) and reason in ('circuit', 'certificate') returning partner";

    private final PartnerDirectory partners;
    private final Map<String, Integer> failures = new ConcurrentHashMap<>();

    Circuits(PartnerDirectory partners) {
        this.partners = partners;
    }

    /** Counts a group's outcomes in the group's own transaction. */
    void record(JdbcTemplate sql, SettledCounts counts) {
        Set<String> answered = new HashSet<>();
        Map<String, SettledCounts.Counted> failing = new HashMap<>();
        for (SettledCounts.Counted counted : counts.all()) {
            switch (counted.heard()) {
                case ANSWER -> {
                    failures.remove(counted.receiver());
                    failing.remove(counted.receiver());
                    answered.add(counted.receiver());
                }
                case SILENCE, CREDENTIALS_REFUSED -> {
                    failures.merge(counted.receiver(), 1, Integer::sum);
                    failing.put(counted.receiver(), counted);
                }
                case NOTHING -> {
                    // The partner was not called.
                }
            }
        }
        close(sql, answered, counts);
        failing.forEach((partner, last) -> open(sql, partners.partner(partner), last));
    }

    /** The backlog need not wait for its slots: the partner answers again. */
    private static void close(JdbcTemplate sql, Set<String> answered, SettledCounts counts) {
        if (answered.isEmpty()) {
            return;
        }
        for (String partner : sql.queryForList(CLOSE, String.class, (Object) answered.toArray(String[]::new))) {
            new Recoveries(sql).ask(partner);
            counts.recovered();
        }
    }

    private void open(JdbcTemplate sql, Partner partner, SettledCounts.Counted last) {
        boolean credentials = last.heard() == SettledCounts.Heard.CREDENTIALS_REFUSED;
        int inARow = failures.getOrDefault(partner.id(), 0);
        if (inARow < partner.delivery().circuit().failures()) {
            return;
        }
        String note = credentials
                ? "the partner does not accept the hub's credentials"
                : "%d failures in a row, the last: %s".formatted(inARow, last.reason());
        if (!credentials || sql.update(NAME_CERTIFICATE, note, partner.id()) == 0) {
            sql.update(
                    OPEN,
                    partner.id(),
                    credentials ? "certificate" : "circuit",
                    partner.delivery().circuit().probeEvery().toMillis(),
                    note,
                    partner.id());
        }
    }
}
