package org.shuniu.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** H17, H18: what partners answer in JSON is read once and strictly, or not at all. */
class HostileJsonTest {

    private static final byte[] LATIN_QUOTE = {'{', '"', 'a', '"', ':', '"'};

    private final Codec codec = Codecs.of(JsonMapper.shared().readTree("{\"kind\":\"json\"}"));

    static Stream<Map.Entry<String, byte[]>> documents() {
        return Map.ofEntries(
                of("nesting", "{\"a\":" + "[".repeat(100_000)),
                of("closed nesting", "{\"a\":".repeat(200) + "1" + "}".repeat(200)),
                of("a number of very many digits", "{\"a\":" + "9".repeat(1_000_000) + "}"),
                of("a short number that is very long", "{\"a\":1e999999999}"),
                of("a number whose exponent is none", "{\"a\":0e9007199254740993}"),
                of("a number that is almost nothing", "{\"a\":1e-999999999}"),
                of("a number beyond every exponent", "{\"a\":1000E2147483647}"),
                of("no number", "{\"a\":NaN}"),
                of("an endless one", "{\"a\":-Infinity}"),
                of("a name twice", "{\"a\":1,\"a\":2}"),
                of("a name twice behind an escape", "{\"a\":1,\"\\u0061\":2}"),
                of("more behind it", "{} {}"),
                of("a letter behind it", "{}x"),
                of("a list", "[]"),
                of("nothing", ""),
                of("a comment", "{/* a */\"a\":1}"),
                of("single quotes", "{'a':1}"),
                of("a NUL behind an escape", "{\"a\":\"\\u0000\"}"),
                of("a NUL in a name", "{\"a\\u0000\":1}"),
                of("half a pair", "{\"a\":\"\\ud83d\"}"),
                of("half a pair in a name", "{\"\\ud83d\":1}"),
                of("a pair the wrong way round", "{\"a\":\"\\ude00\\ud83d\"}"),
                Map.entry("half a pair as bytes", bytes(0xED, 0xA0, 0xBD)),
                Map.entry("a NUL in two bytes", bytes(0xC0, 0x80)),
                Map.entry("a slash in three bytes", bytes(0xE0, 0x80, 0xAF)),
                Map.entry("beyond all characters", bytes(0xF4, 0x90, 0x80, 0x80)),
                Map.entry("half a character", bytes(0xE5, 0xBC)),
                Map.entry("UTF-16", "{\"a\":1}".getBytes(StandardCharsets.UTF_16)),
                Map.entry("UTF-16 without a mark", "{\"a\":1}".getBytes(StandardCharsets.UTF_16LE)),
                Map.entry("UTF-32", "{\"a\":1}".getBytes(Charset.forName("UTF-32BE"))),
                Map.entry("GB18030", "{\"a\":\"张三\"}".getBytes(Charset.forName("GB18030"))))
                .entrySet()
                .stream();
    }

    private static Map.Entry<String, byte[]> of(String what, String document) {
        return Map.entry(what, document.getBytes(StandardCharsets.UTF_8));
    }

    /** A text of these bytes. */
    private static byte[] bytes(int... inside) {
        byte[] all = new byte[LATIN_QUOTE.length + inside.length + 2];
        System.arraycopy(LATIN_QUOTE, 0, all, 0, LATIN_QUOTE.length);
        for (int i = 0; i < inside.length; i++) {
            all[LATIN_QUOTE.length + i] = (byte) inside[i];
        }
        all[all.length - 2] = '"';
        all[all.length - 1] = '}';
        return all;
    }

    @ParameterizedTest
    @MethodSource("documents")
    void isRefused(Map.Entry<String, byte[]> document) {
        assertThatThrownBy(() -> codec.decode(document.getValue()))
                .as(document.getKey())
                .isInstanceOf(Garbled.class)
                .hasMessageNotContaining("999");
    }

    @Test
    void keepsEveryDigitAndEveryCharacter() {
        JsonNode tree = codec.decode("{\"a\":12345678901234567890.10,\"b\":\"\\ud842\\udfb7𠮷㛃e\u0301\",\"c\":1.5e3}"
                .getBytes(StandardCharsets.UTF_8));

        assertThat(tree.path("a").decimalValue()).isEqualTo(new BigDecimal("12345678901234567890.10"));
        assertThat(tree.path("b").asString()).isEqualTo("𠮷𠮷㛃e\u0301");
        assertThat(tree.path("c").decimalValue()).isEqualByComparingTo("1500");
    }

    /** H18: a name of a class is a text; nothing is made of it. */
    @Test
    void makesNothingOfNamesOfClasses() {
        for (String marker : List.of("@class", "@type", "@c", "$type", "!!javax.script.ScriptEngineManager")) {
            String document =
                    "{\"%s\":\"java.lang.Runtime\",\"a\":[\"java.net.URL\",\"http://127.0.0.1:1/\"]}".formatted(marker);

            JsonNode tree = codec.decode(document.getBytes(StandardCharsets.UTF_8));

            assertThat(tree.path(marker).isString()).isTrue();
            assertThat(tree.toString()).isEqualTo(document);
        }
    }

    @Test
    void takesManyNamesWithoutCountingThemAgain() {
        String names = IntStream.range(0, 50_000)
                .mapToObj(i -> "\"n%d\":1".formatted(i))
                .collect(Collectors.joining(",", "{", "}"));

        assertThat(codec.decode(names.getBytes(StandardCharsets.UTF_8)).size()).isEqualTo(50_000);
    }
}
