package org.shuniu.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FindingTest {

    private static final Set<String> KNOWN = Set.of("applicant", "name", "materials", "content");

    @ParameterizedTest
    @CsvSource({
        "/applicant/name, /applicant/name",
        "/materials/3/name, /materials/3/name",
        "/content/林小满的女儿/name, /content/*/name",
        "/content/13900000000, /content/*",
        "/content/a~1name, /content/*",
        "'', ''"
    })
    void saysWhereItIsWithoutNamesThatAreTheSendersOwn(String pointer, String place) {
        assertThat(new Finding(pointer, "type", "number", "a value of type string").place(KNOWN))
                .isEqualTo(place);
    }
}
