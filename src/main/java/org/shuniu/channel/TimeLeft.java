package org.shuniu.channel;

import java.time.Duration;

/** How long a call that makes several requests may still take. */
final class TimeLeft {

    private static final Duration AT_LEAST = Duration.ofMillis(1);

    private final Duration whole;
    private final long began;

    /** @param began by {@link System#nanoTime} */
    TimeLeft(Duration whole, long began) {
        this.whole = whole;
        this.began = began;
    }

    /** At least a moment, so that a request that comes too late fails as one. */
    Duration left() {
        Duration left = whole.minusNanos(System.nanoTime() - began);
        return left.compareTo(AT_LEAST) > 0 ? left : AT_LEAST;
    }

    /** Whether what is left is better kept for the last request. */
    boolean isNear() {
        return left().compareTo(whole.dividedBy(3)) < 0;
    }
}
