package org.shuniu.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestTest {

    private static final Set<String> KNOWN = Set.of("rate", "retry", "schedule");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "rat       | rate, or another of [rate, retry, schedule]",
                "ratee     | rate, or another of [rate, retry, schedule]",
                "shcedule  | schedule, or another of [rate, retry, schedule]",
                "Schedules | schedule, or another of [rate, retry, schedule]",
                "address   | one of [rate, retry, schedule]",
                "''        | one of [rate, retry, schedule]"
            })
    void namesTheWordThatWasProbablyMeantAndAllThatWouldDo(String word, String expected) {
        assertThat(Nearest.among(word, KNOWN)).isEqualTo(expected);
    }
}
