package org.shuniu.rehearsal;

import java.time.Duration;

/** Leaves the processor to others: whoever looks at messages for an engineer rests for a multiple of the time that he worked. */
final class Pace {

    private static final Duration LONGEST = Duration.ofSeconds(10);
    /** Shorter rests are saved up: a thread can't sleep so exactly. */
    private static final Duration SHORTEST = Duration.ofMillis(2);

    private final int rests;
    private long owed;

    /** @param rests so many times as long as it works: 1 leaves half of a processor */
    Pace(int rests) {
        this.rests = rests;
    }

    void worked(long nanos) throws InterruptedException {
        owed = Math.min(LONGEST.toNanos(), owed + nanos * rests);
        if (owed >= SHORTEST.toNanos()) {
            Thread.sleep(Duration.ofNanos(owed).toMillis());
            owed = 0;
        }
    }
}
