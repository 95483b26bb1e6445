package org.shuniu.delivery;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.shuniu.partner.Partner;
import org.shuniu.partner.PartnerDirectory;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Opens a partner's circuit after failures in a row and closes it with the first answer.
 *
 * <p>An open circuit is a pause row; while it stands, only its probe may call the partner.
 */
final class Circuits {

    private static final String OPEN = """
            insert into pause (partner, reason, until, paused_by, note)
            values (?, 'circuit', now() + ? * interval '1 millisecond', 'hub', ?) on conflict (partner, reason) do nothing
            """;
    private static final String RECOVER = """
            update delivery set due_at = now(), sent_until = null
            where receiver = ? and state = 'pending' and claim_until is null and due_at > now()
            """;

    private final PartnerDirectory partners;
    private final Map<String, Integer> failures = new ConcurrentHashMap<>();

    Circuits(PartnerDirectory partners) {
        this.partners = partners;
    }

    /** Counts a group's outcomes in the group's own transaction. */
    void record(JdbcTemplate sql, SettledCounts counts) {
        for (SettledCounts.Counted counted : counts.all()) {
            if (counted.kind() != SettledCounts.Kind.RETRIED || counted.answered()) {
                answered(sql, counted.receiver(), counts);
            } else {
                failed(sql, partners.partner(counted.receiver()));
            }
        }
    }

    /** The backlog need not wait for its slots: the partner answers again. */
    private void answered(JdbcTemplate sql, String partner, SettledCounts counts) {
        failures.remove(partner);
        if (sql.update("delete from pause where partner = ? and reason = 'circuit'", partner) == 1) {
            sql.update(RECOVER, partner);
            counts.recovered();
        }
    }

    private void failed(JdbcTemplate sql, Partner partner) {
        int inARow = failures.merge(partner.id(), 1, Integer::sum);
        if (inARow >= partner.delivery().circuit().failures()) {
            sql.update(
                    OPEN,
                    partner.id(),
                    partner.delivery().circuit().probeEvery().toMillis(),
                    "%d failures in a row".formatted(inARow));
        }
    }
}
