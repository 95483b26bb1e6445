package org.shuniu.report;

import java.time.Duration;
import java.util.Arrays;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * How many took how long, so that percentiles of days can be added up to those of a month. Slot i counts what took more than bound
 * i - 1 and at most bound i, the last slot what took longer than all bounds. Stored counts stand by these bounds: a changed
 * bound needs all sums made again.
 */
public enum Spread {
    /** In seconds: finer where results come at once, up to half a year. */
    HOURS(LongStream.concat(
                    LongStream.of(1, 10, 30, 60, 120, 180, 240, 360, 480, 720)
                            .map(minutes -> Duration.ofMinutes(minutes).toSeconds()),
                    LongStream.of(1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 14, 17, 21, 25, 30, 45, 60, 90, 180)
                            .map(days -> Duration.ofDays(days).toSeconds()))
            .toArray()),
    /** In working days: exact up to ten. */
    WORKING_DAYS(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 15, 20, 25, 30, 45, 60, 90);

    /**
     * What so many took at most.
     *
     * @param value in the spread's unit; of what took longer than all bounds, the last bound
     * @param beyond whether it took longer than that
     */
    public record Within(long value, boolean beyond) {}

    private final long[] bounds;

    Spread(long... bounds) {
        this.bounds = bounds;
    }

    /** How many counts there are. */
    public int slots() {
        return bounds.length + 1;
    }

    int slot(long value) {
        int found = Arrays.binarySearch(bounds, value);
        return found < 0 ? -found - 1 : found;
    }

    /** Within what a share of them came: the bound of the slot in which the one of that rank is; null where there are none. */
    @Nullable
    Within within(long[] counts, double share) {
        long rank = Math.max(1, (long) Math.ceil(LongStream.of(counts).sum() * share));
        long seen = 0;
        for (int i = 0; i < counts.length; i++) {
            seen += counts[i];
            if (seen >= rank) {
                return i < bounds.length ? new Within(bounds[i], false) : new Within(bounds[bounds.length - 1], true);
            }
        }
        return null;
    }
}
