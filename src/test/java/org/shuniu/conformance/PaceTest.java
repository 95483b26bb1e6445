package org.shuniu.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class PaceTest {

    @Test
    void letsNoMoreCallsBeginInASecondThanWasAgreed() throws InterruptedException {
        Pace pace = Pace.of(OptionalInt.of(10));
        long began = System.nanoTime();
        for (int call = 0; call < 4; call++) {
            pace.keep();
        }
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThanOrEqualTo(Duration.ofMillis(300));
    }
}
