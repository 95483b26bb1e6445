package org.shuniu.trials;

import static org.awaitility.Awaitility.await;

import java.sql.Timestamp;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.awaitility.core.ConditionTimeoutException;
import tools.jackson.databind.JsonNode;

/** I6: database, operators' API and metrics tell the same numbers. */
final class Sums {

    private static final String STATES = """
        select receiver, count(*), count(*) filter (where state = 'delivered'), count(*) filter (where state = 'refused'),
            count(*) filter (where state = 'pending'), count(*) filter (where state = 'parked'),
            count(*) filter (where state = 'undeliverable') from delivery group by receiver
        """;
    /** What a receiver lost and was sent again has been delivered twice. */
    private static final String SETTLED = """
        select receiver, count(*) filter (where state = 'delivered') + count(*) filter (where state = 'delivered' and again),
            count(*) filter (where state = 'refused')
        from delivery where settled_at >= ? group by receiver
        """;

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final HubProcess hub;
    private final HubDatabase database;

    Sums(HubProcess hub, HubDatabase database) {
        this.hub = hub;
        this.database = database;
    }

    /** What waits changes while it is read: a difference counts when it stays. */
    List<String> different(Map<String, Object> counts) {
        List<String> different = new ArrayList<>();
        try {
            await().pollInterval(Duration.ofMillis(500)).atMost(PATIENCE).until(() -> {
                different.clear();
                compare(different, counts);
                return different.isEmpty();
            });
        } catch (ConditionTimeoutException stays) {
            return different;
        }
        return different;
    }

    private void compare(List<String> different, Map<String, Object> counts) {
        String metrics = hub.metrics();
        JsonNode partners = hub.operatorSees("/partners");
        Map<String, String> sums = new TreeMap<>();
        for (HubDatabase.Row row : database.rows(STATES)) {
            String partner = row.get(0);
            long[] n = new long[7];
            for (int i = 1; i < n.length; i++) {
                n[i] = Long.parseLong(row.get(i));
            }
            sums.put(partner, "%d = %d + %d + %d + %d + %d".formatted(n[1], n[2], n[3], n[4], n[5], n[6]));
            same(different, partner + " created and the sum of its states", n[1], n[2] + n[3] + n[4] + n[5] + n[6]);
            JsonNode shown = shown(partners, partner);
            long waiting = shown.path("waiting").asLong()
                    + shown.path("retrying").asLong()
                    + shown.path("held").asLong();
            same(different, partner + " pending in database and API", n[4], waiting);
            same(
                    different,
                    partner + " parked in database and API",
                    n[5],
                    shown.path("parked").asLong());
            same(
                    different,
                    partner + " pending in database and metrics",
                    n[4],
                    metric(metrics, "shuniu_queue_depth", partner));
            same(
                    different,
                    partner + " parked in database and metrics",
                    n[5],
                    metric(metrics, "shuniu_parked", partner));
        }
        settledSinceStart(different, metrics);
        counts.put("created = delivered + refused + pending + parked + not deliverable", sums);
    }

    /** Counters begin anew with the process. */
    private void settledSinceStart(List<String> different, String metrics) {
        for (HubDatabase.Row row : database.rows(SETTLED, Timestamp.from(hub.began()))) {
            String partner = row.get(0);
            same(
                    different,
                    partner + " delivered since the start in database and metrics",
                    Long.parseLong(row.get(1)),
                    metric(metrics, "shuniu_deliveries_total", partner, "delivered"));
            same(
                    different,
                    partner + " refused since the start in database and metrics",
                    Long.parseLong(row.get(2)),
                    metric(metrics, "shuniu_deliveries_total", partner, "refused"));
        }
    }

    private static JsonNode shown(JsonNode partners, String partner) {
        return partners.valueStream()
                .filter(shown -> shown.path("partner").asString("").equals(partner))
                .findFirst()
                .orElseThrow(() -> new AssertionError("/ops/v1/partners does not show " + partner));
    }

    private static long metric(String metrics, String name, String partner) {
        return value(metrics, "(?m)^%s\\{[^}]*partner=\"%s\"[^}]*} (\\S+)$".formatted(name, partner));
    }

    private static long metric(String metrics, String name, String partner, String outcome) {
        return value(
                metrics,
                "(?m)^%s\\{outcome=\"%s\",[^}]*partner=\"%s\"[^}]*} (\\S+)$".formatted(name, outcome, partner));
    }

    private static long value(String metrics, String pattern) {
        return Pattern.compile(pattern)
                .matcher(metrics)
                .results()
                .findFirst()
                .map(found -> Math.round(Double.parseDouble(found.group(1))))
                .orElse(-1L);
    }

    private static void same(List<String> different, String what, long one, long other) {
        if (one != other) {
            different.add("I6: %s: %d and %d".formatted(what, one, other));
        }
    }
}
