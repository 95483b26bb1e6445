package org.shuniu.trials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** One department hangs, one is down: the others do not notice. It measures, so no other trial runs beside it. */
@Tag("alone")
class IsolationTrial {

    private static final List<String> HANGING = List.of("economy", "healthcare-security", "acceptance-platform");
    private static final String LIBRARY = "certificate-library";
    private static final String P99 = """
        select receiver, round(1000 * percentile_cont(0.99) within group (order by extract(epoch from settled_at - created_at)))
        from delivery where settled_at is not null and created_at >= ?::timestamptz and created_at < ?::timestamptz
            and not enriched
        group by receiver
        """;

    @Test
    void delaysNobodyElse() {
        Duration length = Trial.length(Duration.ofMinutes(5), Duration.ofSeconds(15));
        String what = ("economy hangs 60 s a call and healthcare-security is down for %d s, then all but"
                        + " disabled-federation hang")
                .formatted(length.toSeconds());
        try (Trial trial = Trial.of(
                        "F9",
                        what,
                        hub -> HANGING.forEach(partner -> hub.edit(partner, "deadline: 3s", "deadline: 70s")))
                .ready()) {
            trial.note("warming up", stretch(trial, length));
            Map<String, String> without = stretch(trial, length);
            trial.departments().fault("economy", "slow", 60);
            trial.departments().fault("healthcare-security", "down");
            String from = now(trial);
            Map<String, String> with = stretch(trial, length);
            HANGING.forEach(partner -> trial.departments().fault(partner, "slow", 60));
            Map<String, String> alone = stretch(trial, length);
            await().alias("the others are delivered while two departments are not")
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> trial.database()
                                    .count(
                                            "select count(*) from delivery where receiver = 'disabled-federation' and"
                                                    + " created_at >= ?::timestamptz and state = 'pending'",
                                            from)
                            == 0);
            assertThat(trial.database()
                            .count("select count(*) from delivery where receiver = 'economy' and state = 'pending'"))
                    .as("the hanging department's queue is visible")
                    .isPositive();
            trial.note("p99 of delivery in ms, all well", without);
            trial.note("p99 of delivery in ms, one hanging and one down", with);
            trial.note("p99 of delivery in ms, all others hanging", alone);
            trial.departments().mend();
            trial.prove();
        }
    }

    /** What needs no certificate does not notice that the library hangs, and neither do the departments. */
    @Test
    void delaysNothingWhileTheReceiverOfAnEnrichmentHangs() {
        Duration length = Trial.length(Duration.ofMinutes(5), Duration.ofSeconds(15));
        String what = "%s hangs 60 s a call for %d s while some applications name certificates"
                .formatted(LIBRARY, length.toSeconds());
        try (Trial trial = Trial.of("F9", what, hub -> hub.edit(LIBRARY, "deadline: 3s", "deadline: 70s"))
                .ready()) {
            trial.note("warming up", stretch(trial, length));
            Map<String, String> without = stretch(trial, length);
            trial.departments().fault(LIBRARY, "slow", 60);
            trial.platform().nameCertificates(true);
            Map<String, String> with = stretch(trial, length);
            trial.platform().nameCertificates(false);
            assertThat(trial.database().count("select count(*) from delivery where awaits > 0 and attempt > 0"))
                    .as("attempts at departments for what waits for the library")
                    .isZero();
            trial.note("p99 of delivery in ms, all well", without);
            trial.note("p99 of delivery in ms without certificates, the library hanging", with);
            trial.departments().fault(LIBRARY, "none");
            trial.prove();
        }
    }

    private static Map<String, String> stretch(Trial trial, Duration length) {
        trial.platform().start(8, 30);
        Crashes.live(Duration.ofSeconds(3));
        String from = now(trial);
        Crashes.live(length);
        String to = now(trial);
        trial.platform().stop();
        Crashes.live(Duration.ofSeconds(2));
        Map<String, String> p99 = new TreeMap<>();
        trial.database().rows(P99, from, to).forEach(row -> p99.put(row.get(0), row.get(1)));
        return p99;
    }

    private static String now(Trial trial) {
        return trial.database().rows("select now()").get(0).get(0);
    }
}
