package org.shuniu.simulator;

import java.time.Duration;
import java.time.LocalTime;
import java.util.function.LongSupplier;
import java.util.stream.DoubleStream;

/** The city's day in some minutes: it begins when the counters are busy, and every hour has its share of the load. */
final class CityDay {
    private static final LocalTime BEGINS = LocalTime.of(9, 0);
    private static final LocalTime COUNTERS_OPEN = LocalTime.of(8, 30);
    private static final LocalTime COUNTERS_CLOSE = LocalTime.of(16, 30);
    private static final double[] LOAD_BY_HOUR = {
        0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.2, 0.4, 1.5, 3, 3, 2.2, 1.4, 2, 2.6, 2.2, 1.2, 0.6, 0.6, 0.7, 0.6, 0.4, 0.2, 0.1
    };
    private static final double MEAN = DoubleStream.of(LOAD_BY_HOUR).average().orElseThrow();
    private static final long NANOS_OF_DAY = Duration.ofDays(1).toNanos();

    private final Duration length;
    private final LongSupplier clock;
    private final long begun;

    /**
     * @param length how long a day takes
     * @param clock nanoseconds that never go back
     */
    CityDay(Duration length, LongSupplier clock) {
        this.length = length;
        this.clock = clock;
        this.begun = clock.getAsLong();
    }

    LocalTime now() {
        double days = (double) (clock.getAsLong() - begun) / length.toNanos();
        return BEGINS.plusNanos((long) (days % 1 * NANOS_OF_DAY));
    }

    /** How many times the mean of the day comes now. */
    double load() {
        return LOAD_BY_HOUR[now().getHour()] / MEAN;
    }

    boolean countersOpen() {
        LocalTime now = now();
        return !now.isBefore(COUNTERS_OPEN) && now.isBefore(COUNTERS_CLOSE);
    }
}
