package org.shuniu.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.math.BigDecimal;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class DocumentReaderTest {
    private final DocumentReader reader = new DocumentReader();

    @Test
    void readsADocumentWithRareCharactersAndExactNumbers() {
        JsonNode tree = read("{\"name\":\"㛃𬭊\",\"escaped\":\"\\ud872\\udf4a\",\"amount\":12345678901234567890.10}");

        assertThat(tree.at("/name").stringValue()).isEqualTo("㛃𬭊");
        assertThat(tree.at("/escaped").stringValue()).isEqualTo("𬭊");
        assertThat(tree.at("/amount").decimalValue()).isEqualTo(new BigDecimal("12345678901234567890.10"));
    }

    @Test
    void refusesAMegabyteOfNestingWithoutStackOverflow() {
        assertThat(refusal("[".repeat(200_000)).reason()).contains("nesting");
        assertThat(refusal("[".repeat(1_000_000)).reason()).contains("bytes");
        assertThat(refusal("{\"a\":".repeat(40_000)).reason()).contains("nesting");
    }

    @Test
    void takesNestingUpToTheBound() {
        assertThat(read("[".repeat(32) + "]".repeat(32)).isArray()).isTrue();
        assertThat(refusal("[".repeat(33) + "]".repeat(33)).reason()).contains("nesting");
    }

    @Test
    void refusesAPropertyTwiceWithoutNamingIt() {
        MalformedDocument refusal = refusal("{\"secret\":1,\n \"secret\":2}");

        assertThat(refusal.reason()).contains("twice");
        assertThat(refusal).hasMessageNotContaining("secret");
        assertThat(refusal.line()).isEqualTo(2);
    }

    @Test
    void refusesAPropertyTwiceBehindAnEscape() {
        assertThat(refusal("{\"a\":1,\"\\u0061\":2}").reason()).contains("twice");
    }

    @Test
    void refusesMoreTextAfterTheEnd() {
        assertThat(refusal("{} {}").reason()).contains("after the end");
        assertThat(refusal("{}x").reason()).isNotBlank();
        assertThat(refusal("{}]").reason()).isNotBlank();
    }

    @Test
    void refusesNothing() {
        assertThat(refusal("").reason()).contains("nothing");
        assertThat(refusal(" \n ").reason()).contains("nothing");
    }

    @Test
    void refusesAByteOrderMark() {
        assertThat(refusal("\uFEFF{}").reason()).contains("byte order mark");
    }

    @Test
    void refusesOtherCharsets() {
        assertThat(refusal("{\"a\":\"张\"}".getBytes(StandardCharsets.UTF_16)).reason())
                .contains("UTF-8");
        assertThat(refusal("{}".getBytes(StandardCharsets.UTF_16LE)).reason()).contains("UTF-8");
        assertThat(refusal("{}".getBytes(Charset.forName("UTF-32BE"))).reason()).contains("UTF-8");
        assertThat(refusal("{\"a\":\"张三\"}".getBytes(Charset.forName("GB18030")))
                        .reason())
                .contains("UTF-8");
    }

    @Test
    void refusesHalfACharacterAtTheEnd() {
        assertThat(refusal(new byte[] {'"', (byte) 0xE5, (byte) 0xBC}).reason()).contains("UTF-8");
    }

    @Test
    void refusesWhatTheDatabaseCanNotStore() {
        assertThat(refusal("{\"a\":\"\\u0000\"}").reason()).contains("NUL");
        assertThat(refusal("{\"a\\u0000\":1}").reason()).contains("NUL");
        assertThat(refusal("{\"a\":\"\\ud800\"}").reason()).contains("surrogate");
        assertThat(refusal("{\"a\":\"\\udc00\\ud800\"}").reason()).contains("surrogate");
        assertThat(refusal("{\"a\":\"\0\"}").reason()).contains("NUL");
    }

    @Test
    void refusesNumbersThatWouldGrow() {
        assertThat(refusal("{\"a\":1e999999999}").reason()).contains("exponent");
        assertThat(refusal("{\"a\":1e-999999}").reason()).contains("exponent");
        assertThat(refusal("{\"a\":1e9223372036854775808}").reason()).contains("exponent");
        assertThat(refusal("{\"a\":0e-9007199254740993}").reason()).contains("exponent");
        assertThat(refusal("{\"a\":" + "9".repeat(101) + "}").reason()).contains("number");
        assertThat(read("{\"a\":1.5e3}").at("/a").decimalValue()).isEqualByComparingTo("1500");
    }

    @Test
    void refusesWhatIsTooLongOrTooMuch() {
        assertThat(refusal("\"" + "a".repeat(65_537) + "\"").reason()).contains("string");
        assertThat(refusal("{\"" + "a".repeat(201) + "\":1}").reason()).contains("name");
        assertThat(refusal("\"" + "a".repeat(300_000) + "\"").reason()).contains("bytes");
        assertThat(refusal(properties(15_000)).reason()).contains("more than");
    }

    @Test
    void refusesLenientJsonAndSaysWhereWithoutQuoting() {
        MalformedDocument refusal = refusal("{\n  \"idNumber\": 11010519491231002X\n}");

        assertThat(refusal.line()).isEqualTo(2);
        assertThat(refusal).hasMessageContaining("line 2, column").hasMessageNotContaining("1101");
        assertThat(refusal("{'a':1}").reason()).contains("well-formed");
        assertThat(refusal("{\"a\":NaN}").reason()).contains("well-formed");
        assertThat(refusal("{\"a\":01}").reason()).contains("well-formed");
        assertThat(refusal("{\"a\":1,}").reason()).contains("well-formed");
        assertThat(refusal("{\"a\":\"tab\there\"}").reason()).contains("well-formed");
    }

    private JsonNode read(String text) {
        return reader.read(text.getBytes(StandardCharsets.UTF_8));
    }

    private MalformedDocument refusal(String text) {
        return refusal(text.getBytes(StandardCharsets.UTF_8));
    }

    private MalformedDocument refusal(byte[] bytes) {
        return catchThrowableOfType(MalformedDocument.class, () -> reader.read(bytes));
    }

    private static String properties(int count) {
        return IntStream.range(0, count).mapToObj(i -> "\"p" + i + "\":1").collect(Collectors.joining(",", "{", "}"));
    }
}
