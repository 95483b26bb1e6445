package org.shuniu.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.shuniu.intake.SubmissionRefused;

class ByteRangeTest {

    @ParameterizedTest
    @CsvSource({
        "bytes=0-0, bytes 0-0/10",
        "bytes=3-, bytes 3-9/10",
        "bytes=3-5, bytes 3-5/10",
        "bytes=3-99, bytes 3-9/10",
        "bytes=-4, bytes 6-9/10",
        "bytes=-99, bytes 0-9/10"
    })
    void readsOneRange(String field, String said) {
        assertThat(ByteRange.of(field, 10)).map(range -> range.of(10)).contains(said);
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=-", "bytes=5-3", "bytes=0-1,3-4", "lines=1-2", "bytes=99999999999999999999-", ""})
    void givesAllToWhoAsksForSomethingElse(String field) {
        assertThat(ByteRange.of(field, 10)).isEmpty();
        assertThat(ByteRange.of(null, 10)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=10-", "bytes=10-12", "bytes=-0"})
    void refusesARangeWithNothingInIt(String field) {
        assertThatThrownBy(() -> ByteRange.of(field, 10)).isInstanceOf(SubmissionRefused.class);
    }

    @Test
    void readsNoFurtherThanTheRange() throws IOException {
        FirstBytes bytes = new FirstBytes(new ByteArrayInputStream(new byte[] {1, 2, 3, 4}), 3);

        assertThat(bytes.readAllBytes()).containsExactly(1, 2, 3);
        assertThat(bytes.read()).isEqualTo(-1);
    }
}
