package org.shuniu.delivery;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.shuniu.partner.DeliveryPolicy;
import org.shuniu.partner.PartnerDirectory;
import org.shuniu.partner.UnknownOutcome;

/** Decides by the partner's policy what follows an attempt that brought no final answer: again later, or a person. */
final class NextStep {

    /** One of two steps. */
    interface Decision {
        void accept(Consumer<DeliveryStore.Postponement> again, Consumer<DeliveryStore.Parking> person);
    }

    private static final int GARBLED_AT_MOST = 3;

    private final PartnerDirectory partners;
    private final RandomGenerator random;

    NextStep(PartnerDirectory partners, RandomGenerator random) {
        this.partners = partners;
        this.random = random;
    }

    /** @return nothing when the outcome came by itself and decides nothing */
    Optional<Decision> decide(Settlement settlement) {
        if (settlement.outcome() instanceof Outcome.Invalid invalid) {
            return Optional.of(park(settlement, invalid.reason(), invalid.fault()));
        }
        if (settlement.claim() == null) {
            return Optional.empty();
        }
        return Optional.of(
                settlement.outcome() instanceof Outcome.NotBegun
                        ? again(settlement, Duration.ZERO, false, "hub", false)
                        : byPolicy(settlement));
    }

    private Decision byPolicy(Settlement settlement) {
        DeliveryPolicy policy = partners.partner(settlement.receiver()).delivery();
        boolean unknown = settlement.outcome() instanceof Outcome.Unknown;
        if (unknown && policy.unknownOutcome() == UnknownOutcome.NEITHER) {
            return park(settlement, "outcome unknown: " + settlement.outcome().reason(), "receiver");
        }
        int spent = settlement.claim().spent() + 1;
        boolean garbled = unknown && settlement.answer() != null;
        Optional<Duration> delay = policy.delayAfter(spent, random);
        if (delay.isEmpty() || garbled && spent >= GARBLED_AT_MOST) {
            return park(settlement, "given up: " + settlement.outcome().reason(), "receiver");
        }
        boolean ask = unknown && policy.unknownOutcome() == UnknownOutcome.ASK;
        return again(settlement, longer(delay.get(), settlement.outcome()), true, "receiver", ask);
    }

    private static Duration longer(Duration scheduled, Outcome outcome) {
        Duration asked = outcome instanceof Outcome.Unavailable unavailable && unavailable.retryAfter() != null
                ? unavailable.retryAfter()
                : Duration.ZERO;
        return asked.compareTo(scheduled) > 0 ? asked : scheduled;
    }

    private static Decision again(Settlement settlement, Duration wait, boolean spends, String fault, boolean ask) {
        DeliveryStore.Postponement postponement = new DeliveryStore.Postponement(
                settlement.deliveryId(),
                settlement.claim(),
                wait,
                spends,
                settlement.outcome().reason(),
                fault,
                ask);
        return (again, person) -> again.accept(postponement);
    }

    private static Decision park(Settlement settlement, String reason, String fault) {
        DeliveryStore.Parking parking = new DeliveryStore.Parking(settlement.deliveryId(), reason, fault);
        return (again, person) -> person.accept(parking);
    }
}
