package org.shuniu.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** H34 */
class QuotaTest {

    private static final Instant NOW = Instant.parse("2026-11-26T04:00:10Z");
    private static final int AGREED = 60;

    private final Quota quota = new Quota();

    private long taken(String region, int requests, Instant at) {
        return IntStream.range(0, requests)
                .filter(request -> quota.take(region, AGREED, at))
                .count();
    }

    @Test
    void endsForWhoeverHasUsedItUpAndForNobodyElse() {
        assertThat(taken("loud", 100 * AGREED, NOW)).isEqualTo(AGREED);
        assertThat(taken("quiet", AGREED, NOW)).isEqualTo(AGREED);
    }

    @Test
    void beginsAnewWithEachMinute() {
        taken("loud", 100 * AGREED, NOW);

        assertThat(quota.take("loud", AGREED, NOW.plusSeconds(49))).isFalse();
        assertThat(taken("loud", 100 * AGREED, NOW.plusSeconds(50))).isEqualTo(AGREED);
    }
}
