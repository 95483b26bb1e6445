package org.shuniu.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class LaidOutTest {

    private static final FieldNames.Naming NAMES = FieldNames.ofAPartner();

    private static final String RECEIVED = """
            {"itemCode":"312000250000","applicant":{"name":"测试甲","idNumber":"11010519491231002X"},"form":{"notes":["as told",7]}}""";

    private static final String WRITTEN = """
            <?xml version="1.0" encoding="UTF-8"?><s:apply xmlns:s="urn:x" kind="A"><who>测试甲</who><no>11010519491231002X</no>\
            <item>JX-01</item><sum>7</sum></s:apply>""";

    @Test
    void givesEachValueALineOfItsOwn() {
        assertThat(text(laidOut(RECEIVED).open(null))).isEqualTo("""
                {
                  "itemCode": "312000250000",
                  "applicant": {
                    "name": "测试甲",
                    "idNumber": "11010519491231002X"
                  },
                  "form": {
                    "notes": [
                      "as told",
                      7
                    ]
                  }
                }""");
        assertThat(text(laidOut(WRITTEN).open(null))).isEqualTo("""
                <s:apply>
                  @kind="A"
                  <who>测试甲</who>
                  <no>11010519491231002X</no>
                  <item>JX-01</item>
                  <sum>7</sum>
                </s:apply>""");
    }

    @Test
    void coversWhateverIsNoCodeOfTheHub() {
        assertThat(text(laidOut(RECEIVED).covered(null, "application", NAMES)))
                .contains("312000250000", "idNumber", "\"***\"")
                .doesNotContain("测试甲", "11010519491231002X", "told", "7\n");
        assertThat(text(laidOut(RECEIVED).covered(null, null, NAMES))).doesNotContain("312000250000");
        assertThat(text(laidOut(WRITTEN).covered(null, null, NAMES)))
                .contains("<who>***</who>", "@kind=\"*\"")
                .doesNotContain("测试甲", "11010519491231002X", "JX-01");
    }

    @Test
    void coversNamesThatMayBeSomebodys() {
        LaidOut persons = laidOut("{\"persons\":{\"id_31011_51995_07094_726\":{\"state\":7}},\"测试甲\":[1]}");
        LaidOut elements = laidOut("<r><测试甲 n='1'>2</测试甲><id_310115199507094726><a>3</a></id_310115199507094726></r>");

        assertThat(text(persons.covered(null, null, NAMES)))
                .contains("\"persons\"", "\"state\"", "\"*\": ")
                .doesNotContain("31011", "测试甲");
        assertThat(text(elements.covered(null, null, NAMES)))
                .contains("<r>", "<*>", "</*>", "<a>*</a>")
                .doesNotContain("3101", "测试甲");
        assertThat(text(persons.open(null))).contains("id_31011_51995", "测试甲");
    }

    @Test
    void opensNoValueForTheNameOfItsFieldAlone() {
        LaidOut document = laidOut("""
                {"itemCode":"测试甲","channel":"2","form":{"itemCode":"312000250000","status":["20"]},"time":"20261124"}""");

        assertThat(text(document.covered(null, "application", NAMES)))
                .contains("\"channel\": \"2\"")
                .doesNotContain("测试甲", "3120", "20");
        assertThat(text(document.covered(null, "result", NAMES))).doesNotContain("\"2\"");
        assertThat(text(laidOut("<r><itemCode>312000250000</itemCode></r>").covered(null, "application", NAMES)))
                .as("no document of the hub's is XML")
                .doesNotContain("3120");
    }

    @Test
    void marksWhatStandsNowhereInTheDocumentBesideIt() {
        assertThat(marked(laidOut(WRITTEN).open(laidOut(RECEIVED)))).containsExactly("A", "JX-01");
        assertThat(marked(laidOut(RECEIVED).open(laidOut(WRITTEN)))).containsExactly("312000250000", "as told");
        assertThat(marked(laidOut(RECEIVED).open(null))).isEmpty();
        assertThat(marked(laidOut(WRITTEN).covered(laidOut(RECEIVED), null, NAMES)))
                .containsExactly("*", "*****");
    }

    @Test
    void readsNothingFromElsewhereAndShowsItOnlyAsItIs() {
        LaidOut hostile = laidOut("""
                <!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]><a><b>&e;</b></a>""");

        assertThat(hostile.hasFields()).isFalse();
        assertThat(hostile.covered(null, null, NAMES)).isEmpty();
        assertThat(text(hostile.open(null))).contains("<b>&e;</b>").doesNotContain("root:");
        assertThat(laidOut("<a>".repeat(5_000)).hasFields()).isFalse();
    }

    @Test
    void readsTheTextOfDepartmentsInTheirCharset() {
        LaidOut line = LaidOut.of("001|测试甲|已受理".getBytes(Charset.forName("GB18030")));

        assertThat(text(line.open(null))).isEqualTo("001|测试甲|已受理");
        assertThat(line.covered(null, null, NAMES)).isEmpty();
    }

    private static LaidOut laidOut(String document) {
        return LaidOut.of(document.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(List<LaidOut.Line> lines) {
        return lines.stream()
                .map(line -> line.before() + line.value() + line.after())
                .collect(Collectors.joining("\n"));
    }

    private static List<String> marked(List<LaidOut.Line> lines) {
        return lines.stream()
                .filter(LaidOut.Line::marked)
                .map(LaidOut.Line::value)
                .toList();
    }
}
