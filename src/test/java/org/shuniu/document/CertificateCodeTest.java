package org.shuniu.document;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CertificateCodeTest {

    private static final String GOOD = "1.2.156.3005.2.11310000MB2F30563U021.113100000024200000.SFZ0000000001.001.2";

    /** The example of the Global Release Identifier, which has the same check character. */
    @Test
    void checksByIso7064Mod3736() {
        assertThat(CertificateCode.checkCharacter("A12425GABC1234002")).isEqualTo('M');
    }

    @Test
    void takesAnIdentifierWithItsCheckCharacter() {
        assertThat(new CertificateCode(GOOD).wellFormed()).isTrue();
        assertThat(new CertificateCode(GOOD).checked()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {".3", ".0", ".X"})
    void knowsAWrongCheckCharacter(String end) {
        CertificateCode wrong = new CertificateCode(GOOD.substring(0, GOOD.length() - 2) + end);

        assertThat(wrong.wellFormed()).isTrue();
        assertThat(wrong.checked()).isFalse();
    }

    @Test
    void knowsTwoCharactersInEachOthersPlace() {
        assertThat(new CertificateCode(GOOD.replace("SFZ0000000001", "SFZ0000000010")).checked())
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1.2.156.3005.2", "SFZ0000000001", "1.2.156.3005.3.11310000MB2F30563U021.1.1.001.2"})
    void refusesWhatIsNoIdentifier(String text) {
        assertThat(new CertificateCode(text).wellFormed()).isFalse();
    }
}
