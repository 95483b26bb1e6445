package org.shuniu.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CaseTimesTest {
    @ParameterizedTest
    @ValueSource(strings = {"20261124T101500", "20261124101500", "2026112410:15:00"})
    void readsTheThreeFormsAsTheSameTime(String text) {
        assertThat(CaseTimes.parse(text)).contains(LocalDateTime.of(2026, 11, 24, 10, 15));
        assertThat(CaseTimes.parseWithOffset(text)).contains(OffsetDateTime.parse("2026-11-24T10:15:00+08:00"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "20260229T000000",
                "20261131T000000",
                "20261124T240000",
                "20261124T101560",
                "20261124",
                "20261124t101500",
                "20261124T10:15:00",
                "２０２６１１２４101500",
                "20261124T101500Z",
                ""
            })
    void readsNothingElse(String text) {
        assertThat(CaseTimes.parse(text)).isEmpty();
    }

    @Test
    void knowsLeapDays() {
        assertThat(CaseTimes.parse("20280229T000000")).isPresent();
        assertThat(CaseTimes.parseDate("20000229")).isPresent();
        assertThat(CaseTimes.parseDate("19000229")).isEmpty();
    }

    @Test
    void writesWhatItReadsInShanghaisTime() {
        OffsetDateTime inLondon = OffsetDateTime.parse("2026-11-24T02:15:00Z");

        assertThat(CaseTimes.write(inLondon)).isEqualTo("20261124T101500");
    }
}
