package org.shuniu.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.shuniu.fault.StrictYaml;
import org.shuniu.fault.YamlLines;
import org.shuniu.store.Json;
import tools.jackson.databind.JsonNode;

/** What a partner's answer may put into a reason that people read. */
class OutcomeLineTest {

    private static final OutcomeLine LINE = new OutcomeLine(1, 1, null, Verdict.REFUSED, "code {answer.code}", null);

    @Test
    void showsACode() {
        assertThat(reasonFor("E-4001.2")).isEqualTo("code E-4001.2");
    }

    @Test
    void withholdsNumbersThatMayBeAPersons() {
        assertThat(reasonFor("11010519491231002X")).isEqualTo("code (withheld)");
        assertThat(reasonFor("ERR:13900000000")).isEqualTo("code (withheld)");
    }

    @Test
    void withholdsProse() {
        assertThat(reasonFor("refused for 测试甲")).isEqualTo("code (withheld)");
    }

    /** A text where a number is compared: the next line would decide what nobody knows. */
    @Test
    void tellsInWhichFileAndLineItsConditionFailed() {
        IncomingMapping mapping = mapping("""
                mapping: x/result.in
                description: A sentence.
                codec: {kind: json}
                outcome:
                  - {when: answer.done = "yes", is: delivered}
                  - {when: answer.code > 400 or answer.late, is: refused}
                  - {is: delivered}
                """);
        JsonNode answer = Json.object().put("code", "王小满");

        assertThatThrownBy(() -> mapping.read(answer, Json.object(), Days.of(LocalDate.EPOCH)))
                .isInstanceOf(MappingFailed.class)
                .hasMessage("x/result.in.yaml:6: outcome 2: when: the expression failed with JSONata error T2009;"
                        + " expected true or false of every answer");
        assertThat(mapping.names(
                        "{\"code\":\"E\"}".getBytes(StandardCharsets.UTF_8), Json.object(), Days.of(LocalDate.EPOCH)))
                .isEmpty();
    }

    private static IncomingMapping mapping(String text) {
        Faults faults = new Faults(Path.of("x"), YamlLines.of(text));
        IncomingMapping mapping = new MappingFile(
                        "x/result.in",
                        "result.in.yaml",
                        StrictYaml.read(text),
                        Map.of(),
                        CanonicalPaths.load(Path.of("mappings/canonical")),
                        faults)
                .incoming();
        assertThat(faults.found()).isEmpty();
        return mapping;
    }

    private static String reasonFor(String code) {
        return LINE.reason(Json.object().set("answer", Json.object().put("code", code)));
    }
}
