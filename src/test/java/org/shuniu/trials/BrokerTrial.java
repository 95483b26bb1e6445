package org.shuniu.trials;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The broker is only the motion. */
class BrokerTrial {

    private static final int PENDING = 10_000;

    @Test
    void deliversEverythingAfterTheBrokersFilesAreGone() throws Exception {
        Brokers.damagedWhileStopped("F14 deleted", PENDING, "the broker's directory is deleted", Brokers::delete);
    }

    @Test
    void deliversEverythingAfterTheBrokersJournalIsCorrupt() throws Exception {
        Brokers.damagedWhileStopped(
                "F14 corrupt", Trial.count(PENDING, 1000), "the broker's last journal is corrupted", Brokers::corrupt);
    }

    @Test
    void acceptsWithoutTheBrokerAndGoesOnWithIt() throws Exception {
        Brokers.awayUnderLoad("F15", Trial.length(Duration.ofMinutes(2), Duration.ofSeconds(12)));
    }
}
