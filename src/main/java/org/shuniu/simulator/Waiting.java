package org.shuniu.simulator;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Waits that end early when the simulators close. */
final class Waiting {
    private static final long LONGEST_END_MILLIS = 10_000;

    private Waiting() {}

    /** Returns true if it is time to end: the latch is open or the thread was interrupted. */
    static boolean upTo(CountDownLatch end, long time, TimeUnit unit) {
        try {
            return end.await(time, unit);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    static void forEndOf(Thread thread) {
        try {
            thread.join(LONGEST_END_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
