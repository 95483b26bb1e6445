package org.shuniu.trials;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The faults that every build tries, in a short form; the long forms and the others are in the profile trials. */
class TrialsIT {

    @Test
    void losesAndDoublesNothingWhenKilledUnderLoad() {
        Crashes.killedAgainAndAgain(
                "F1 short", Duration.ofSeconds(8), 60, Duration.ofSeconds(2), Duration.ofSeconds(4));
    }

    @Test
    void losesAndDoublesNothingWhereverItEnds() throws Exception {
        Crashes.killedAtEachPoint("F2 short", KillPoint.SHORT);
    }

    @Test
    void deliversEverythingAfterTheBrokersFilesAreGone() throws Exception {
        Brokers.damagedWhileStopped("F14 short", 300, "the broker's directory is deleted", Brokers::delete);
    }

    @Test
    void takesOneOfManyEqualMessages() throws Exception {
        Duplicates.storm("F28 short", 3);
    }
}
