package org.shuniu.crossing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.shuniu.document.CaseState;
import org.shuniu.store.CaseFile;

/** Both sides compute from the same state of the case whose turn it is, and come to the same. */
class TurnTest {

    private static final Instant THEN = Instant.parse("2026-11-25T02:00:00Z");
    private static final Instant NOW = Instant.parse("2026-11-26T02:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "30, office",
        "40, office",
        "41, office",
        "51, office",
        "99, office",
        "42, applicant",
        "50, applicant",
        "14, applicant",
        "70, applicant",
        "60, nobody",
        "61, nobody",
        "72, nobody",
        "90, nobody",
        "62, nobody"
    })
    void isTheSameOnBothSides(String status, String holder) {
        Turn handedIn = Turn.of(file(status, "region"), true, "region", "economy");
        Turn decided = Turn.of(file(status, "economy"), false, "region", null);

        assertThat(handedIn.holder().word()).isEqualTo(holder);
        assertThat(decided.holder()).isEqualTo(handedIn.holder());
        assertThat(handedIn.office()).isEqualTo(decided.office());
        assertThat(handedIn.here()).isEqualTo(holder.equals("nobody") || !decided.here());
    }

    @Test
    void isKnownInEveryState() {
        assertThat(CaseState.all())
                .allSatisfy(state -> assertThat(Turn.of(file(state.code(), "economy"), false, "region", null))
                        .isNotNull())
                .filteredOn(state -> !(state instanceof CaseState.Open))
                .filteredOn(state -> !state.code().equals("70"))
                .allSatisfy(state -> assertThat(Turn.of(file(state.code(), "economy"), false, "region", null)
                                .holder())
                        .isEqualTo(Turn.Holder.NOBODY));
        assertThat(CaseState.all())
                .filteredOn(state -> state instanceof CaseState.Open)
                .allSatisfy(state -> assertThat(Turn.of(file(state.code(), "economy"), true, "region", null)
                                .holder())
                        .isNotEqualTo(Turn.Holder.NOBODY));
    }

    @Test
    void countsSinceItCameToWhomeverHasIt() {
        Crossing taken = CrossingSteps.moved(begun(), file("30", "region"), null, true, THEN);
        Crossing worked = CrossingSteps.moved(
                taken.told("economy", LocalDate.of(2026, 12, 1), NOW), file("40", "region"), null, true, NOW);
        Crossing asked = CrossingSteps.moved(worked, file("42", "region"), null, true, NOW);

        assertThat(worked.since()).isEqualTo(THEN);
        assertThat(worked.turn().office()).isEqualTo("economy");
        assertThat(worked.dueOn()).isEqualTo(LocalDate.of(2026, 12, 1));
        assertThat(asked.since()).isEqualTo(NOW);
        assertThat(asked.dueOn()).isNull();
    }

    @Test
    void believesOfTheOtherSideWhatItSaidLast() {
        Crossing told = begun().told("economy", null, NOW);

        assertThat(begun().isNews(THEN)).isTrue();
        assertThat(told.isNews(THEN)).isFalse();
        assertThat(told.isNews(NOW)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"10", "11", "20", "21"})
    void isOfTheSideThatHasNotHandedItOver(String status) {
        assertThat(Turn.of(file(status, "region"), true, "region", null))
                .isEqualTo(new Turn(Turn.Holder.OFFICE, true, "centre"));
    }

    private static Crossing begun() {
        return new Crossing(
                "1",
                "region",
                true,
                "1",
                null,
                null,
                false,
                new Turn(Turn.Holder.NOBODY, true, null),
                THEN,
                null,
                null,
                null,
                null);
    }

    private static CaseFile file(String status, String decider) {
        return new CaseFile(
                "1",
                "sender",
                "312000250000",
                null,
                decider,
                "2",
                status,
                null,
                null,
                null,
                "centre",
                new byte[0],
                new UUID(0, 1),
                THEN,
                THEN,
                null);
    }
}
