package org.shuniu.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class XmlCharsetTest {

    private static final Charset GB18030 = Charset.forName("GB18030");
    private static final String RARE = "张㛃𬭊";

    private final Codec codec = codec("drop");

    private static Codec codec(String controls) {
        return Codecs.of(JsonMapper.shared()
                .readTree("{\"kind\":\"xml\",\"root\":\"r\",\"charset\":\"GB18030\",\"media-type\":\"text/xml\","
                        + "\"controls\":\"%s\"}".formatted(controls)));
    }

    @Test
    void writesFourBytesForTheCharactersThatNeedThem() {
        ObjectNode tree = JsonMapper.shared().createObjectNode().put("xm", RARE);

        byte[] written = codec.encode(tree);

        assertThat(codec.mediaType()).isEqualTo("text/xml; charset=GB18030");
        assertThat(new String(written, GB18030)).contains("encoding=\"GB18030\"", "<xm>" + RARE + "</xm>");
        assertThat(RARE.getBytes(GB18030)).hasSize(2 + 4 + 4);
        assertThat(codec.decode(written).path("xm").asString()).isEqualTo(RARE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GBK", "UTF-8", "ISO-8859-1"})
    void readsTheAgreedCharsetWhateverTheDocumentSaysOfItself(String declared) {
        String text = "<?xml version=\"1.0\" encoding=\"%s\"?><r><xm>%s</xm></r>".formatted(declared, RARE);

        assertThat(codec.decode(text.getBytes(GB18030)).path("xm").asString()).isEqualTo(RARE);
    }

    @Test
    void readsALongerTextThatCanOnlyBeUtf8() {
        String text = "<r><xm>%s</xm><yj>符合登记条件准予登记</yj></r>".formatted(RARE);

        assertThat(codec.decode(text.getBytes(StandardCharsets.UTF_8))
                        .path("xm")
                        .asString())
                .isEqualTo(RARE);
    }

    @Test
    void refusesBytesOfNeither() {
        byte[] bytes = "<r>测试</r>".getBytes(GB18030);

        assertThatThrownBy(() -> codec.decode(Arrays.copyOf(bytes, 4)))
                .isInstanceOf(Garbled.class)
                .hasMessage("the bytes are not GB18030");
    }

    @Test
    void leavesOutControlCharactersOnlyWhereItMay() {
        byte[] bytes = "<r><a>一\u0001二&#x1F;三&#11;四\n&#10;&#65;</a></r>".getBytes(GB18030);

        assertThat(codec.decode(bytes).path("a").asString()).isEqualTo("一二三四\n\nA");
        assertThatThrownBy(() -> codec("refuse").decode(bytes)).isInstanceOf(Garbled.class);
    }
}
