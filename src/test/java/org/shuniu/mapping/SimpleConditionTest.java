package org.shuniu.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A condition that is read without the expression language says what the expression language says. */
class SimpleConditionTest {

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
                "code != \"200\"",
                "code != \"201\"",
                "number != \"200\"",
                "absent != \"200\"",
                "nothing != \"200\"",
                "inner != \"200\"",
                "list != \"200\"",
                "yes = true",
                "yes = false",
                "absent = false",
                "nothing = false",
                "code = false",
                "number >= 200",
                "number > 200",
                "number < 201",
                "number <= 199",
                "absent >= 1",
                "nothing < 1",
                "code in [\"100\", \"200\"]",
                "code in [\"100\"]",
                "number in [\"200\"]",
                "absent in [\"200\"]",
                "list in [\"200\"]",
                "$exists(code)",
                "$exists(absent)",
                "$exists(nothing)",
                "$exists(empty)",
                "$exists(inner)",
                "$exists(list)",
                "$exists(lists.code)",
                "$not($exists(inner.code))",
                "$not($exists(inner.absent))",
                "yes = true and code = \"200\"",
                "yes = true and code = \"a and b\"",
                "yes = true and $exists(absent) and code = \"200\"",
                "yes = true and inner.code in [\"E1\", \"E2\"]",
                "yes = true and $substring(code, 0, 1) = \"2\"",
                "yes = false and $substring(code, 0, 1) = \"2\"",
                "yes = false and $substring(number, 0, 1) = \"2\"",
                "yes = true and $exists(lists[code = \"E1\" and code = \"E1\"])",
                "yes = true or code = \"201\"",
                "yes = false or code = \"200\"",
                "yes = false or code = \"a or b\"",
                "yes = false and code = \"200\" or inner.code = \"E1\"",
                "code = \"200\" or yes = true and code = \"201\"",
                "code = \"201\" or yes = true and code = \"201\"",
                "list = \"200\" or yes = true",
                "yes = false and $exists(lists[code = \"E1\" or code = \"E2\"])",
            })
    void saysWhatTheExpressionLanguageSays(String text) {
        boolean evaluated = Expression.of("(" + text + ")").holds(new Source(TREE, Days.of(java.time.LocalDate.EPOCH)));

        assertThat(Expression.of(text).holds(new Source(TREE, Days.of(java.time.LocalDate.EPOCH))))
                .isEqualTo(evaluated);
        assertThat(Objects.requireNonNull(SimpleCondition.of(text)).holds(TREE))
                .satisfiesAnyOf(
                        simple -> assertThat(simple).isEmpty(),
                        simple -> assertThat(simple).contains(evaluated));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "code",
                "number",
                "yes",
                "nothing",
                "empty",
                "absent",
                "inner",
                "list",
                "inner.code",
                "inner.deep.word",
                "inner.absent.word",
                "code.absent",
                "lists.code",
                "nothing.absent"
            })
    void findsWhatTheExpressionLanguageFinds(String path) {
        Source source = new Source(TREE, Days.of(java.time.LocalDate.EPOCH));

        assertThat(Expression.of(path).evaluate(source))
                .isEqualTo(Expression.of("(" + path + ")").evaluate(source));
    }

    @Test
    void leavesEverythingElseToIt() {
        assertThat(SimpleCondition.of("$string(code) = \"200\"")).isNull();
        assertThat(SimpleCondition.of("yes = true or $string(code) = \"200\"")).isNull();
        assertThat(SimpleCondition.of("yes = true or code")).isNull();
        assertThat(SimpleCondition.of("code = \"201\" and code = '(' or yes = true"))
                .isNull();
        assertThat(SimpleCondition.of("code = \"201\" and `a(` or yes = true")).isNull();
        assertThat(SimpleCondition.of("yes = true ? code : number")).isNull();
        assertThat(SimpleCondition.of("yes = true and code = \"1\" or number = 2"))
                .isNull();
        assertThat(SimpleCondition.of("(yes = true and code = \"200\")")).isNull();
        assertThat(SimpleCondition.of("code = \"a\\\"b\"")).isNull();
        assertThat(SimpleCondition.of("true = \"true\"")).isNull();
        assertThat(SimpleCondition.of("code")).isNull();
    }

    @Test
    void leavesAFaultToIt() {
        Source source = new Source(TREE, Days.of(java.time.LocalDate.EPOCH));

        assertThatThrownBy(() -> Expression.of("code >= 100").holds(source))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("JSONata error");
    }
}
