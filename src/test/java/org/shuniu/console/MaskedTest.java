package org.shuniu.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MaskedTest {

    private static final FieldNames.Naming NAMES = new FieldNames(() -> Set.of(
                    "itemCode",
                    "applicant",
                    "name",
                    "idNumber",
                    "form",
                    "notes",
                    "reason",
                    "status",
                    "resultTime",
                    "a"))
            .ofTheHub();

    @Test
    void coversWhateverIsNoCodeOfTheHub() {
        String shown = masked("""
                {"itemCode":"312000250000","applicant":{"name":"测试甲","idNumber":"11010519491231002X"},
                "form":{"amount":4711,"married":true,"notes":["secret",{"inner":"hidden"}]},"reason":"told"}""");

        assertThat(shown)
                .contains("312000250000", "applicant", "idNumber")
                .doesNotContain("inner", "测试甲", "11010519491231002X", "4711", "true", "secret", "hidden", "told");
    }

    /** Others name fields as they like, and write into any what they like. */
    @Test
    void coversWhatOnlyHasTheNameOfACode() {
        String shown = masked("""
                {"itemCode":"18817326541","status":"20","time":"20261124","outcome":"离异","applicant":{"status":"20"},
                "form":{"itemCode":"312000250000","kind":"parked","language":"上海话","centre":"31010100500"},
                "channel":["2","林小满"],"applicationTime":"19880312","caseNo":"310115198803124726",
                "window":{"code":"W1"},"a.itemCode":"312000250000"}""");

        assertThat(shown.replaceAll("\"[^\"]*\" :", ""))
                .as("the channel at its own place is all that is a code of the hub's")
                .containsOnlyOnce("\"2\"")
                .doesNotContain("0", "1", "离", "林", "上海", "parked", "W");
    }

    /** A list of children may be an object with their names. */
    @Test
    void coversNamesOfFieldsThatASenderChose() {
        assertThat(masked("""
                {"form":{"notes":{"测试甲":{"310115199507094726":"x","13900000000":"y"},"lisi":"z","reason":"w"}},"20":"v"}"""))
                .contains("\"form\"", "\"notes\"", "\"reason\"", "\"*\"", "\"*2\"")
                .doesNotContain("测试甲", "3101", "1390", "lisi", "\"20\"");
    }

    @Test
    void opensWhatBelongsToTheKindOfDocument() {
        byte[] result = """
                {"status":"60","resultTime":"20261124T101500","applicationTime":"20261124","outcome":{"description":"60"}}""".getBytes(StandardCharsets.UTF_8);

        assertThat(Masked.text("result", result, NAMES))
                .contains("60", "20261124T101500")
                .doesNotContain("\"20261124\"");
        assertThat(Masked.text("supplement", result, NAMES)).doesNotContain("60", "2026");
        assertThat(Masked.text("of-a-partner", result, NAMES)).doesNotContain("60", "2026");
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
        return Masked.text("application", document.getBytes(StandardCharsets.UTF_8), NAMES);
    }
}
