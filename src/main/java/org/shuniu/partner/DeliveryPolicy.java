package org.shuniu.partner;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * How deliveries to one partner are tried.
 *
 * @param parallel calls at a time
 * @param deadline total time of one call, connecting and reading included
 * @param schedule waits before the first, second … repetition; when it is used up the delivery is parked
 * @param jitter share by which each wait is made longer or shorter at random, 0 to below 1
 */
public record DeliveryPolicy(
        int parallel,
        Duration deadline,
        UnknownOutcome unknownOutcome,
        List<Duration> schedule,
        double jitter,
        Circuit circuit) {

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

    /**
     * The wait before the next attempt.
     *
     * @param spent attempts that have failed
     * @return nothing when the schedule is used up
     */
    public Optional<Duration> delayAfter(int spent, RandomGenerator random) {
        if (spent >= schedule.size()) {
            return Optional.empty();
        }
        double factor = 1 + jitter * (2 * random.nextDouble() - 1);
        return Optional.of(Duration.ofMillis((long) (schedule.get(spent).toMillis() * factor)));
    }
}
