package org.shuniu.channel;

import java.time.Duration;

/** How long a call that makes several requests may still take. */
final class TimeLeft {

    private final Duration whole;
    private final long endBy;

    /** @param endBy by {@link System#nanoTime} */
    TimeLeft(Duration whole, long endBy) {
        this.whole = whole;
        this.endBy = endBy;
    }

    long endBy() {
        return endBy;
    }

    /** Whether what is left is better kept for the last request. */
    boolean isNear() {
        return endBy - System.nanoTime() < whole.dividedBy(3).toNanos();
    }
}
