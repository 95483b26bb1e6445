package org.shuniu.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.Charset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Widths are bytes; what others counted otherwise is read only where there is one way to read it. */
class FixedWidthCodecTest {

    private static final Charset GB18030 = Charset.forName("GB18030");
    private static final FixedWidthCodec CODEC = new FixedWidthCodec(
            GB18030,
            List.of(
                    new FixedWidthCodec.Column("no", 4, false),
                    new FixedWidthCodec.Column("name", 10, false),
                    new FixedWidthCodec.Column("sum", 6, true),
                    new FixedWidthCodec.Column("text", 10, false)));

    /** H42: looked at anew from each of them, so many would keep a processor for a day. */
    @Test
    void looksOnceAtALineThatIsFullOfLineEnds() {
        byte[] line = ("\r".repeat(2_000_000) + "x").getBytes(GB18030);

        assertThatThrownBy(() -> CODEC.decode(line)).isInstanceOf(Garbled.class);
        assertThat(CODEC.decode("N1  ab        000120\r\n\r\r\n".getBytes(GB18030)))
                .isEqualTo(CODEC.decode("N1  ab        000120".getBytes(GB18030)));
    }

    @Test
    void padsByBytesAlsoBehindCharactersOfFour() {
        byte[] line = CODEC.encode(tree("N1", "测㛃", "120", "好"));

        assertThat(line).hasSize(30);
        assertThat(new String(line, GB18030)).isEqualTo("N1  测㛃    000120好        ");
        assertThat(CODEC.decode(line)).isEqualTo(tree("N1", "测㛃", "120", "好"));
    }

    @Test
    void readsALineThatWasCountedInCharacters() {
        byte[] line = "N1  测㛃        000120好         ".getBytes(GB18030);

        assertThat(CODEC.decode(line)).isEqualTo(tree("N1", "测㛃", "120", "好"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"N1  ab        000120好", "N1  测㛃    000120好", "N1  测㛃        000120好"})
    void readsALineWithoutItsLastBlanksHoweverItWasCounted(String line) {
        String name = line.contains("ab") ? "ab" : "测㛃";

        assertThat(CODEC.decode(line.getBytes(GB18030))).isEqualTo(tree("N1", name, "120", "好"));
    }

    @Test
    void refusesALineThatCanBeReadInTwoWays() {
        FixedWidthCodec codec = new FixedWidthCodec(
                GB18030, List.of(new FixedWidthCodec.Column("a", 4, false), new FixedWidthCodec.Column("b", 4, false)));

        assertThat(codec.decode("测试cdef".getBytes(GB18030)).path("b").stringValue())
                .isEqualTo("cdef");
        assertThatThrownBy(() -> codec.decode("测试cd".getBytes(GB18030)))
                .isInstanceOf(Garbled.class)
                .hasMessage("a line of 6 bytes and 4 characters; expected 8 bytes");
    }

    @Test
    void refusesALineThatFitsNeitherWay() {
        byte[] line = "N1  测㛃      000120好".getBytes(GB18030);

        assertThatThrownBy(() -> CODEC.decode(line))
                .isInstanceOf(Garbled.class)
                .hasMessageContaining("expected 30 bytes")
                .hasMessageNotContaining("测");
    }

    @Test
    void cutsNothingThatIsTooLong() {
        assertThatThrownBy(() -> CODEC.encode(tree("N1", "测试测试测试", "1", "")))
                .isInstanceOf(Garbled.class)
                .hasMessage("column name: 12 bytes; expected at most 10");
    }

    @Test
    void letsNoLineBreakIntoALine() {
        assertThatThrownBy(() -> CODEC.encode(tree("N1", "a\nb", "1", ""))).isInstanceOf(Garbled.class);
    }

    private static ObjectNode tree(String no, String name, String sum, String text) {
        ObjectNode tree = JsonMapper.shared().createObjectNode();
        tree.put("no", no).put("name", name).put("sum", sum);
        return text.isEmpty() ? tree : tree.put("text", text);
    }
}
