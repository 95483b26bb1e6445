package org.shuniu.conformance;

import java.time.Duration;
import java.util.OptionalInt;

/** Lets no more calls begin in a second than was agreed. */
final class Pace {

    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final long between;
    private long next = System.nanoTime();

    private Pace(long between) {
        this.between = between;
    }

    static Pace of(OptionalInt perSecond) {
        return new Pace(perSecond.isPresent() ? SECOND / perSecond.getAsInt() : 0);
    }

    /** From the beginning of one call to that of the next, at the least. */
    Duration between() {
        return Duration.ofNanos(between);
    }

    /** Returns when the next call may begin. */
    synchronized void keep() throws InterruptedException {
        long early = next - System.nanoTime();
        if (early > 0) {
            Thread.sleep(Duration.ofNanos(early).plusMillis(1).toMillis());
        }
        next = System.nanoTime() + between;
    }
}
