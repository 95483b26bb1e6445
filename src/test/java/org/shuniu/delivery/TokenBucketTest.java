package org.shuniu.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class TokenBucketTest {

    private static final long SLOT = Duration.ofMillis(100).toNanos();

    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - SLOT);
    private final TokenBucket bucket = new TokenBucket(10, 3, now::get);

    @Test
    void letsABurstGoAtOnceAndTheRestAtItsRate() {
        assertThat(waits(6)).containsExactly(0, 0, 0, SLOT, 2 * SLOT, 3 * SLOT);
    }

    @Test
    void givesNoBurstWhenItBeginsDrained() {
        TokenBucket drained = new TokenBucket(10, 3, now::get).drained();

        assertThat(List.of(drained.take(), drained.take())).containsExactly(SLOT, 2 * SLOT);
    }

    @Test
    void fillsUpWhileNobodyCallsButNeverAboveItsBurst() {
        waits(3);

        now.addAndGet(100 * SLOT);

        assertThat(waits(4)).containsExactly(0, 0, 0, SLOT);
    }

    @Test
    void keepsToItsRateOverALongTime() {
        long waited = 0;
        for (int call = 0; call < 1_000; call++) {
            long wait = bucket.take();
            now.addAndGet(wait);
            waited += wait;
        }

        assertThat(waited).isEqualTo(997 * SLOT);
    }

    @Test
    void lendsATokenThatWasGivenBackToTheNext() {
        waits(3);

        bucket.giveBack();

        assertThat(bucket.take()).isZero();
    }

    private long[] waits(int calls) {
        return LongStream.range(0, calls).map(call -> bucket.take()).toArray();
    }
}
