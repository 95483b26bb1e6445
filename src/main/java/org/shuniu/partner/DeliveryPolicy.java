package org.shuniu.partner;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * How deliveries to one partner are tried. The defaults of {@code delivery:} in a partner.yaml are: 4 parallel calls, no
 * rate, connect 5 s (half of the deadline where that is shorter), deadline 10 s, unknown outcome {@code neither},
 * schedule 0, 5 s, 30 s, 5 m, 30 m, 2 h, 5 h, 10 h, 14 h, 20 h, 24 h with jitter 0.2, circuit of 5 failures probed every
 * 30 s.
 *
 * @param parallel calls at a time
 * @param connect time to reach the partner; less than the deadline
 * @param deadline total time of one call, connecting and reading included
 * @param schedule waits before each call: the first entry belongs to the first call, which is made at once; when it is used up the delivery is parked
 * @param raise how many times its rate and its parallel calls an operator may allow for a time; 1 where the file names none
 * @param jitter share by which each wait is made longer or shorter at random, 0 to below 1
 */
public record DeliveryPolicy(
        int parallel,
        Optional<Rate> rate,
        int raise,
        Duration connect,
        Duration deadline,
        UnknownOutcome unknownOutcome,
        List<Duration> schedule,
        double jitter,
        Circuit circuit) {

    static final int PARALLEL = 4;
    static final int RAISE = 1;
    static final int LARGEST_RAISE = 10;

    /** More than any partner takes; of one whose file names no rate, nothing else is known. */
    private static final int MOST_PER_SECOND = 10_000;

    static final Duration CONNECT = Duration.ofSeconds(5);
    static final Duration DEADLINE = Duration.ofSeconds(10);
    static final List<Duration> SCHEDULE = List.of(
            Duration.ZERO,
            Duration.ofSeconds(5),
            Duration.ofSeconds(30),
            Duration.ofMinutes(5),
            Duration.ofMinutes(30),
            Duration.ofHours(2),
            Duration.ofHours(5),
            Duration.ofHours(10),
            Duration.ofHours(14),
            Duration.ofHours(20),
            Duration.ofHours(24));
    static final double JITTER = 0.2;
    static final int FAILURES = 5;
    static final Duration PROBE_EVERY = Duration.ofSeconds(30);

    /**
     * How many calls may begin.
     *
     * @param burst how many of them at once after a quiet time
     */
    public record Rate(int perSecond, int burst) {}

    /**
     * When calls stop after failures.
     *
     * @param failures in a row that open the circuit
     * @param probeEvery how often one call tries whether the partner is back
     */
    public record Circuit(int failures, Duration probeEvery) {}

    public DeliveryPolicy {
        schedule = List.copyOf(schedule);
    }

    /** The most calls in a second that an operator may allow for a time. */
    public int mostPerSecond() {
        return rate.map(own -> most(own.perSecond())).orElse(MOST_PER_SECOND);
    }

    /** The most calls at a time that an operator may allow for a time. */
    public int mostParallel() {
        return most(parallel);
    }

    private int most(int own) {
        return (int) Math.min(Integer.MAX_VALUE, (long) own * raise);
    }

    /**
     * The wait before the next attempt.
     *
     * @param spent attempts that have failed
     * @return nothing when the schedule is used up
     */
    public Optional<Duration> delayAfter(int spent, RandomGenerator random) {
        return spent < schedule.size() ? Optional.of(jittered(schedule.get(spent), random)) : Optional.empty();
    }

    /**
     * The wait after an attempt that costs nothing: the one before it again.
     *
     * @param spent attempts that have failed
     */
    public Duration delayAgain(int spent, RandomGenerator random) {
        return jittered(schedule.get(Math.min(spent, schedule.size() - 1)), random);
    }

    private Duration jittered(Duration wait, RandomGenerator random) {
        double factor = 1 + jitter * (2 * random.nextDouble() - 1);
        return Duration.ofMillis((long) (wait.toMillis() * factor));
    }
}
