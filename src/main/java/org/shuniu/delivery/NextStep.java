package org.shuniu.delivery;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
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
    private final Predicate<Settlement> probes;

    /** @param probes whether a delivery only tries whether its receiver is back */
    NextStep(PartnerDirectory partners, RandomGenerator random, Predicate<Settlement> probes) {
        this.partners = partners;
        this.probes = probes;
        this.random = random;
    }

    /** @return nothing when the outcome came by itself and decides nothing */
    Optional<Decision> decide(Settlement settlement) {
        if (settlement.outcome() instanceof Outcome.Invalid invalid) {
            return Optional.of(park(settlement, invalid.reason(), invalid.fault()));
        }
        if (settlement.outcome() instanceof Outcome.Untrusted untrusted) {
            return Optional.of(park(settlement, untrusted.reason(), "receiver"));
        }
        if (settlement.outcome() instanceof Outcome.Untranslatable untranslatable) {
            return Optional.of(park(settlement, untranslatable.reason(), "hub"));
        }
        if (settlement.outcome() instanceof Outcome.Unrecorded unrecorded) {
            return Optional.of(park(settlement, unrecorded.reason(), "hub"));
        }
        if (settlement.claim() == null) {
            return Optional.empty();
        }
        if (settlement.outcome() instanceof Outcome.Gathered gathered) {
            return Optional.of(again(settlement, gathered.after(), false));
        }
        return Optional.of(
                settlement.outcome() instanceof Outcome.NotBegun
                                || settlement.outcome() instanceof Outcome.CopiesExpired
                        ? again(settlement, Duration.ZERO, false)
                        : byPolicy(settlement));
    }

    private Decision byPolicy(Settlement settlement) {
        DeliveryPolicy policy = partners.partner(settlement.receiver()).delivery();
        boolean unknown = settlement.outcome() instanceof Outcome.Unknown;
        if (unknown && policy.unknownOutcome() == UnknownOutcome.NEITHER) {
            return park(settlement, "outcome unknown: " + settlement.outcome().reason(), "receiver");
        }
        boolean garbled = unknown && settlement.answer() != null;
        if (!garbled && probes.test(settlement)) {
            return again(settlement, policy.delayAgain(settlement.claim().spent(), random), false);
        }
        int spent = settlement.claim().spent() + 1;
        Optional<Duration> delay = policy.delayAfter(spent, random);
        if (delay.isEmpty() || garbled && spent >= GARBLED_AT_MOST) {
            return park(settlement, "given up: " + settlement.outcome().reason(), "receiver");
        }
        return again(settlement, longer(delay.get(), settlement.outcome()), true);
    }

    /** Whoever has to ask asks until an answer tells; a question that did not get through has told nothing. */
    private boolean mustAsk(Settlement settlement) {
        if (settlement.outcome() instanceof Outcome.Unknown) {
            return partners.partner(settlement.receiver()).delivery().unknownOutcome() == UnknownOutcome.ASK;
        }
        return settlement.claim().asked() && !(settlement.outcome() instanceof Outcome.NeverReceived);
    }

    private static Duration longer(Duration scheduled, Outcome outcome) {
        Duration asked = asked(outcome);
        return asked != null && asked.compareTo(scheduled) > 0 ? asked : scheduled;
    }

    private static Duration asked(Outcome outcome) {
        if (outcome instanceof Outcome.NotYet notYet) {
            return notYet.retryAfter();
        }
        return outcome instanceof Outcome.Unavailable unavailable ? unavailable.retryAfter() : null;
    }

    /** A failed probe spends nothing: it is likely to fail and must not lead to parking, however long the partner is away. */
    private Decision again(Settlement settlement, Duration wait, boolean spends) {
        Outcome outcome = settlement.outcome();
        boolean nobodys = outcome instanceof Outcome.Gathered || outcome instanceof Outcome.CopiesExpired;
        boolean ours = outcome instanceof Outcome.NotBegun || outcome instanceof Outcome.CredentialsRefused;
        DeliveryStore.Postponement postponement = new DeliveryStore.Postponement(
                settlement.deliveryId(),
                settlement.claim(),
                wait,
                spends,
                outcome.reason(),
                nobodys ? null : ours ? "hub" : "receiver",
                mustAsk(settlement),
                outcome instanceof Outcome.Unknown,
                settlement.translation());
        return (again, person) -> again.accept(postponement);
    }

    /** An answer that the hub's own mapping can't use came all the same: its receiver may have done what it was asked. */
    private static boolean leavesDoubt(Settlement settlement) {
        Outcome outcome = settlement.outcome();
        return outcome instanceof Outcome.Unknown
                || outcome instanceof Outcome.Untrusted
                || outcome instanceof Outcome.Unrecorded
                || outcome instanceof Outcome.Invalid invalid
                        && invalid.fault().equals("hub")
                        && settlement.answer() != null;
    }

    /** An attempt that heard nothing decides about itself alone: somebody else may have claimed the delivery since. */
    private static Decision park(Settlement settlement, String reason, String fault) {
        DeliveryStore.Parking parking = new DeliveryStore.Parking(
                settlement.deliveryId(),
                settlement.answer() == null ? settlement.claim() : null,
                reason,
                fault,
                leavesDoubt(settlement),
                settlement.translation());
        return (again, person) -> person.accept(parking);
    }
}
