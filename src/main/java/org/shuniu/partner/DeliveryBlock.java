package org.shuniu.partner;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.shuniu.fault.BlockReader;

/** Reads the key {@code delivery} of a partner.yaml; what is absent is {@link DeliveryPolicy}'s default. */
final class DeliveryBlock {

    private static final String DELIVERY = "delivery";
    private static final Set<String> KEYS = Set.of(
            "parallel",
            "rate",
            "raise-at-most",
            "connect",
            "deadline",
            "unknown-outcome",
            "schedule",
            "jitter",
            "circuit");

    private final BlockReader block;

    DeliveryBlock(BlockReader block) {
        this.block = block;
    }

    DeliveryPolicy read() {
        block.requireKeys(DELIVERY, KEYS);
        Duration deadline = block.duration(DeliveryPolicy.DEADLINE, DELIVERY, "deadline");
        return new DeliveryPolicy(
                block.number(DeliveryPolicy.PARALLEL, DELIVERY, "parallel"),
                rate(),
                raise(),
                connect(deadline),
                deadline,
                unknownOutcome(),
                schedule(),
                jitter(),
                circuit());
    }

    private Optional<DeliveryPolicy.Rate> rate() {
        if (!block.has(DELIVERY, "rate")) {
            return Optional.empty();
        }
        block.requireKeys("delivery.rate", Set.of("per-second", "burst"));
        int perSecond = block.number(DELIVERY, "rate", "per-second");
        return Optional.of(new DeliveryPolicy.Rate(perSecond, block.number(perSecond, DELIVERY, "rate", "burst")));
    }

    private int raise() {
        int raise = block.number(DeliveryPolicy.RAISE, DELIVERY, "raise-at-most");
        if (raise > DeliveryPolicy.LARGEST_RAISE) {
            block.fault("delivery.raise-at-most", "more than can be meant", "a whole number up to 10");
        }
        return raise;
    }

    private Duration connect(Duration deadline) {
        Duration half = deadline.dividedBy(2);
        Duration usual = DeliveryPolicy.CONNECT.compareTo(half) < 0 ? DeliveryPolicy.CONNECT : half;
        Duration connect = block.duration(usual, DELIVERY, "connect");
        if (connect.compareTo(deadline) >= 0) {
            block.fault("delivery.connect", "no time left to answer", "less than delivery.deadline");
        }
        return connect;
    }

    private UnknownOutcome unknownOutcome() {
        if (!block.has(DELIVERY, "unknown-outcome")) {
            return UnknownOutcome.NEITHER;
        }
        String name = block.text(DELIVERY, "unknown-outcome");
        try {
            return UnknownOutcome.valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_'));
        } catch (IllegalArgumentException unknown) {
            block.fault("delivery.unknown-outcome", "an unknown word", "ask, recognises-id or neither");
            return UnknownOutcome.NEITHER;
        }
    }

    private List<Duration> schedule() {
        if (!block.has(DELIVERY, "schedule")) {
            return DeliveryPolicy.SCHEDULE;
        }
        List<Duration> schedule = new ArrayList<>();
        for (String step : block.strings(DELIVERY, "schedule")) {
            schedule.add(block.duration("delivery.schedule[%d]".formatted(schedule.size()), step));
        }
        if (schedule.isEmpty()) {
            block.fault("delivery.schedule", "nothing", "a list of durations such as [0s, 5s, 30s]");
            return DeliveryPolicy.SCHEDULE;
        }
        return schedule;
    }

    private double jitter() {
        if (!block.has(DELIVERY, "jitter")) {
            return DeliveryPolicy.JITTER;
        }
        double jitter = block.at(DELIVERY, "jitter").asDouble(-1);
        if (!(jitter >= 0 && jitter < 1)) {
            block.fault("delivery.jitter", "not a share", "a number from 0 to below 1");
            return DeliveryPolicy.JITTER;
        }
        return jitter;
    }

    private DeliveryPolicy.Circuit circuit() {
        block.requireKeys("delivery.circuit", Set.of("failures", "probe-every"));
        return new DeliveryPolicy.Circuit(
                block.number(DeliveryPolicy.FAILURES, DELIVERY, "circuit", "failures"),
                block.duration(DeliveryPolicy.PROBE_EVERY, DELIVERY, "circuit", "probe-every"));
    }
}
