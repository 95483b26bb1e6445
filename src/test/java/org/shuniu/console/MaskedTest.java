package org.shuniu.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class MaskedTest {

    @Test
    void coversWhateverIsNoCodeOfTheHub() {
        String shown = masked("""
                {"itemCode":"312000250000","applicant":{"name":"测试甲","idNumber":"11010519491231002X"},
                "form":{"amount":4711,"married":true,"notes":["secret",{"inner":"hidden"}]},"reason":"told"}""");

        assertThat(shown)
                .contains("312000250000", "applicant", "idNumber", "inner")
                .doesNotContain("测试甲", "11010519491231002X", "4711", "true", "secret", "hidden", "told");
    }

    @Test
    void tellsNoLengthBeyondTwelve() {
        assertThat(masked("{\"a\":\"%s\"}".formatted("x".repeat(500)))).contains("\"************\"");
    }

    @Test
    void showsNothingOfWhatIsNoJson() {
        assertThat(masked("<a>测试甲</a>")).isEmpty();
    }

    private static String masked(String document) {
        return Masked.text(document.getBytes(StandardCharsets.UTF_8));
    }
}
