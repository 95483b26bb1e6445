package org.shuniu.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class CanonicalLineTest {

    @Test
    void hashesAsTheStandardsExampleDoes() {
        assertThat(HexFormat.of().formatHex(new Sm3().of("abc")))
                .isEqualTo("66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0");
    }

    @Test
    void tellsFieldsFromEachOtherAndNullFromEmpty() {
        assertThat(new CanonicalLine(1).text("a\tb").text(null).toString())
                .isNotEqualTo(
                        new CanonicalLine(1).text("a").text("b").text(null).toString())
                .isNotEqualTo(new CanonicalLine(1).text("a\tb").text("").toString())
                .isNotEqualTo(new CanonicalLine(1).text("a\tb").text("\\N").toString());
    }

    @Test
    void saysTimesAsTheDatabaseKeepsThem() {
        Instant at = Instant.parse("2026-11-24T21:00:00.123456789Z");

        assertThat(new CanonicalLine(7).time(at).toString())
                .isEqualTo(new CanonicalLine(7).time(Moments.kept(at)).toString())
                .isEqualTo("7\t1795554000123456");
    }

    @Test
    void fitsALineIntoItsOwnChainOnly() {
        Sm3 sm3 = new Sm3();
        String line = new CanonicalLine(1).text("accepted").toString();

        assertThat(sm3.link(sm3.origin("one/r1/intake"), line))
                .isNotEqualTo(sm3.link(sm3.origin("other/r1/intake"), line));
    }
}
