package org.shuniu.trials;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The process ends whenever it likes. */
class CrashTrial {

    @Test
    void losesAndDoublesNothingWhenKilledUnderLoad() {
        Crashes.killedAgainAndAgain(
                "F1",
                Trial.length(Duration.ofMinutes(10), Duration.ofSeconds(30)),
                100,
                Duration.ofSeconds(5),
                Duration.ofSeconds(15));
    }

    @Test
    void losesAndDoublesNothingWhereverItEnds() throws Exception {
        Crashes.killedAtEachPoint("F2", List.of(KillPoint.values()));
    }

    @Test
    void endsWhenToldToWithoutHarm() {
        Crashes.toldToEnd("F22", Trial.count(10, 3));
    }
}
