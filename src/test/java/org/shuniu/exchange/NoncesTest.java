package org.shuniu.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class NoncesTest {

    private static final Instant NOW = Instant.parse("2026-11-24T02:00:00Z");
    private static final Duration WINDOW = Duration.ofMinutes(5);

    private final Nonces nonces = new Nonces();

    @Test
    void countsEachOnceWhileItsSignatureCounts() {
        assertThat(used("jiangsu", "n", NOW)).isTrue();
        assertThat(used("jiangsu", "n", NOW.plus(WINDOW))).isFalse();
        assertThat(used("zhejiang", "n", NOW)).isTrue();
        assertThat(used("jiangsu", "n", NOW.plus(WINDOW.multipliedBy(2)).plusSeconds(1)))
                .isTrue();
    }

    private boolean used(String partner, String nonce, Instant at) {
        return nonces.use(partner, nonce, at, WINDOW);
    }
}
