package org.shuniu.incident;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StepTest {

    private static final Instant NOON = Instant.parse("2026-11-26T04:00:00Z");
    private static final Duration SETTLED = Duration.ofMinutes(1);
    private static final Set<IncidentKind> ALL = Set.of(IncidentKind.values());

    @Test
    void opensWhatIsNew() {
        Condition down = down("police");

        assertThat(steps(List.of(), List.of(down), NOON)).containsExactly(new Step.Open(down));
    }

    @Test
    void opensNothingThatIsNotEnoughButLetsItGoOn() {
        Condition still = down("police").opens(false);

        assertThat(steps(List.of(), List.of(still), NOON)).isEmpty();
        assertThat(steps(List.of(open(7, "police", null)), List.of(still), NOON))
                .containsExactly(new Step.GoesOn(7, still));
    }

    @Test
    void opensNoSecondForTheSamePartnerButOneForAnother() {
        Condition police = down("police");
        Condition health = down("health");

        assertThat(steps(List.of(open(7, "police", null)), List.of(police, health), NOON))
                .containsExactly(new Step.GoesOn(7, police), new Step.Open(health));
    }

    @Test
    void closesOnlyWhatHasNotBeenSeenForLongEnough() {
        Instant gone = NOON.minus(SETTLED);

        assertThat(steps(List.of(open(7, "police", null)), List.of(), NOON)).containsExactly(new Step.NotSeen(7));
        assertThat(steps(List.of(open(7, "police", gone.plusMillis(1))), List.of(), NOON))
                .isEmpty();
        Incident quiet = open(7, "police", gone);
        assertThat(steps(List.of(quiet), List.of(), NOON)).containsExactly(new Step.Close(quiet));
    }

    @Test
    void goesOnWhenItComesAgainBeforeItIsOver() {
        Condition again = down("police");

        assertThat(steps(List.of(open(7, "police", NOON.minusSeconds(59))), List.of(again), NOON))
                .containsExactly(new Step.GoesOn(7, again));
    }

    @Test
    void leavesWhatCouldNotBeLookedFor() {
        Incident open = open(7, "police", NOON.minus(SETTLED));

        assertThat(Step.of(List.of(open), List.of(), Set.of(IncidentKind.DISK), NOON, SETTLED))
                .isEmpty();
    }

    private static List<Step> steps(List<Incident> open, List<Condition> seen, Instant now) {
        return Step.of(open, seen, ALL, now, SETTLED);
    }

    private static Condition down(String partner) {
        return new Condition(IncidentKind.CIRCUIT, partner, NOON, 3, "receiver");
    }

    static Incident open(long id, String partner, @Nullable Instant goneSince) {
        return new Incident(
                id,
                IncidentKind.CIRCUIT,
                partner,
                true,
                NOON,
                NOON,
                goneSince,
                null,
                NOON,
                3,
                3,
                "receiver",
                null,
                null,
                null,
                null,
                null,
                null,
                null);
    }
}
