package org.shuniu.delivery;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Spreads calls over time: so many a second, and after a quiet time a burst at once.
 *
 * <p>It keeps one number, the time at which the bucket would be full again, and gives each caller its turn at once.
 */
final class TokenBucket {

    private final long interval;
    private final long burst;
    private final LongSupplier nanoTime;
    private long full;

    /** @param nanoTime a clock that never goes back, in nanoseconds */
    TokenBucket(int perSecond, int burst, LongSupplier nanoTime) {
        this.interval = TimeUnit.SECONDS.toNanos(1) / perSecond;
        this.burst = interval * burst;
        this.nanoTime = nanoTime;
        this.full = nanoTime.getAsLong();
    }

    /** Begins without a token: whoever changes a rate gives no burst away. */
    synchronized TokenBucket drained() {
        full = nanoTime.getAsLong() + burst;
        return this;
    }

    /** Takes the next token; returns how many nanoseconds are left until it may be used. */
    synchronized long take() {
        long now = nanoTime.getAsLong();
        full = (full - now > 0 ? full : now) + interval;
        return Math.max(0, full - burst - now);
    }

    /** Gives a token back that was not used. */
    synchronized void giveBack() {
        full -= interval;
    }
}
