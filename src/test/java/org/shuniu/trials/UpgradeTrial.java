package org.shuniu.trials;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** F27: another version takes over the record in the middle of the work, and the one before takes it back. */
class UpgradeTrial {

    private static final String CHANGES = "select count(*) from flyway_schema_history where version = '9000'";

    @Test
    void losesNothingForwardsAndBack() {
        int pending = Trial.count(10_000, 300);
        String what =
                "with %d deliveries pending the next version starts, changes the schema and delivers; then the version before"
                        .formatted(pending);
        try (Trial trial = Trial.of("F27", what).ready()) {
            trial.departments().fault("economy", "down");
            trial.platform().items(LoadDriver.ECONOMY).send(pending, 8);
            long waiting = trial.pending();
            assertThat(waiting).isGreaterThanOrEqualTo(pending);
            trial.hub().terminate();

            trial.hub().version(NextVersion.jar());
            trial.hub().start();
            assertThat(trial.database().count(CHANGES)).isEqualTo(1);
            trial.platform().items(LoadDriver.MIX.toArray(String[]::new)).start(4, 20);
            Crashes.live(Duration.ofSeconds(5));
            trial.hub().terminate();

            trial.hub().version(HubProcess.JAR);
            trial.hub().start();
            Crashes.live(Duration.ofSeconds(5));
            trial.departments().mend();
            trial.note("deliveries pending at the change", waiting).prove();
        }
    }
}
