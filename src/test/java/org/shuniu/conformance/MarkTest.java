package org.shuniu.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.shuniu.conformance.Heard.Mark;

/** A decision that is told in several ways is one, though none of them says all of it. */
class MarkTest {

    @Test
    void countsADecisionOnceThatIsToldWithAndWithoutItsEvent() {
        Mark callback = new Mark("E-1", "B-1", "60");
        Mark answer = new Mark("", "B-1", "60");

        assertThat(Mark.decisions(List.of(answer, callback, answer))).isEqualTo(1);
    }

    @Test
    void countsADecisionOnceThatIsToldWithoutItsNumber() {
        assertThat(Mark.decisions(List.of(new Mark("E-1", "", "60"), new Mark("", "B-1", "60"))))
                .isEqualTo(1);
    }

    @Test
    void countsTwoOfOtherEventsNumbersOrStates() {
        assertThat(Mark.decisions(List.of(new Mark("E-1", "B-1", "60"), new Mark("E-2", "B-1", "60"))))
                .isEqualTo(2);
        assertThat(Mark.decisions(List.of(new Mark("", "B-1", "60"), new Mark("", "B-2", "60"))))
                .isEqualTo(2);
        assertThat(Mark.decisions(List.of(new Mark("", "", "60"), new Mark("", "", "61"))))
                .isEqualTo(2);
    }

    @Test
    void countsNoMoreThanThereAreWhateverComesFirst() {
        Mark poor = new Mark("", "B-2", "");

        assertThat(Mark.decisions(List.of(poor, new Mark("E-1", "B-1", "60"), new Mark("E-2", "B-2", "60"))))
                .isEqualTo(2);
        assertThat(Mark.decisions(List.of())).isZero();
    }
}
