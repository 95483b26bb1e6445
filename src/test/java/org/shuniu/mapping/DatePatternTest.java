package org.shuniu.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatePatternTest {

    /** The last days of 2026 lie in the first week of 2027. */
    @ParameterizedTest
    @ValueSource(strings = {"YYYY-MM-dd", "yyyy-MM-DD", "yyyy'D'MM/D"})
    void takesNoDayByItsWeekOrItsNumberInTheYear(String pattern) {
        assertThatThrownBy(() -> DatePattern.of(pattern))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("a year is yyyy and a day dd");
    }

    @Test
    void takesTheseLettersAsText() {
        assertThat(DatePattern.of("yyyy'Y'MM'D'dd").write(LocalDateTime.of(2026, 12, 28, 9, 0)))
                .isEqualTo("2026Y12D28");
    }
}
