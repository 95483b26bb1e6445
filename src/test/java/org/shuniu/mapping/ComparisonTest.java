package org.shuniu.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A comparison that is read without the expression language says what the expression language says. */
class ComparisonTest {

    private static final JsonNode TREE = JsonMapper.shared().readTree("""
            {"code":"200","number":200,"yes":true,"nothing":null,"empty":"","inner":{"code":"E1","deep":{"word":"甲"}},
            "list":["200"],"lists":[{"code":"E1"},{"code":"E2"}]}""");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "code = \"200\"",
                "code = \"201\"",
                "number = \"200\"",
                "yes = \"true\"",
                "nothing = \"\"",
                "empty = \"\"",
                "absent = \"\"",
                "inner.code = \"E1\"",
                "inner.deep.word = \"甲\"",
                "inner.absent.word = \"甲\"",
                "code.absent = \"200\"",
                "list = \"200\"",
                "lists.code = \"E1\"",
                "inner = \"E1\"",
            })
    void saysWhatTheExpressionLanguageSays(String text) {
        boolean evaluated = Expression.of("(" + text + ")").holds(new Source(TREE, Days.of(java.time.LocalDate.EPOCH)));

        assertThat(Expression.of(text).holds(new Source(TREE, Days.of(java.time.LocalDate.EPOCH))))
                .isEqualTo(evaluated);
        assertThat(Objects.requireNonNull(Comparison.of(text)).holds(TREE))
                .satisfiesAnyOf(
                        simple -> assertThat(simple).isEmpty(),
                        simple -> assertThat(simple).contains(evaluated));
    }

    @Test
    void leavesEverythingElseToIt() {
        assertThat(Comparison.of("$string(code) = \"200\"")).isNull();
        assertThat(Comparison.of("code = \"200\" and yes")).isNull();
        assertThat(Comparison.of("code != \"200\"")).isNull();
        assertThat(Comparison.of("code = \"a\\\"b\"")).isNull();
        assertThat(Comparison.of("true = \"true\"")).isNull();
        assertThat(Comparison.of("code")).isNull();
    }
}
