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

/** What is written can be read by everybody; what is read was not always written by the rules. */
class CsvCodecTest {

    private static final Charset GB18030 = Charset.forName("GB18030");
    private static final CsvCodec CODEC =
            new CsvCodec(GB18030, List.of(new CsvCodec.Column("编号", "no"), new CsvCodec.Column("姓名", "name")));

    @ParameterizedTest
    @ValueSource(strings = {"测试甲", "测\"试\"", "测试,甲", "\"", "a\",\"b", "测㛃"})
    void readsWhatItWrote(String name) {
        byte[] row = CODEC.encode(tree("N1", name));

        assertThat(CODEC.decode(row)).isEqualTo(tree("N1", name));
    }

    @Test
    void quotesEveryValueAndNamesTheColumns() {
        assertThat(new String(CODEC.encode(tree("N1", "测\"试")), GB18030))
                .isEqualTo("\"编号\",\"姓名\"\r\n\"N1\",\"测\"\"试\"\r\n");
    }

    @Test
    void readsColumnsInAnyOrderQuotedOrNotAndSkipsOthers() {
        assertThat(read("姓名,备注,编号\n测试甲,x,N1\n")).isEqualTo(tree("N1", "测试甲"));
    }

    @Test
    void readsQuotesThatNobodyDoubled() {
        assertThat(read("\"编号\",\"姓名\"\r\n\"N1\",\"测\"试\"甲\"\r\n")).isEqualTo(tree("N1", "测\"试\"甲"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"编号\",\"姓名\"\r\n\"N1\"\r\n",
                "\"编号\",\"姓名\"\r\n\"N1\",\"测试",
                "\"编号\",\"编号\"\r\n\"N1\",\"N2\"\r\n",
                "\"x\",\"y\"\r\n\"N1\",\"N2\"\r\n",
                "\"编号\",\"姓名\"\r\n"
            })
    void refusesWhatIsNoRow(String text) {
        assertThatThrownBy(() -> read(text)).isInstanceOf(Garbled.class).hasMessageNotContaining("N1");
    }

    private static Object read(String text) {
        return CODEC.decode(text.getBytes(GB18030));
    }

    private static ObjectNode tree(String no, String name) {
        return JsonMapper.shared().createObjectNode().put("no", no).put("name", name);
    }
}
