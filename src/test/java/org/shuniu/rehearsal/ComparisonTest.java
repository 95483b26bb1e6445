package org.shuniu.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.shuniu.store.Json;
import tools.jackson.databind.JsonNode;

class ComparisonTest {

    private static final Set<String> KNOWN = Set.of("a", "b", "list");

    @ParameterizedTest
    @CsvSource({
        "'测试 甲', 测试甲, SPACES",
        "e12x, E12X, CASE",
        "2026-11-24, 20261124, SIGNS",
        "310101002, 310101, SHORTER",
        "310101, 310101002, LONGER",
        "01, 02, VALUE",
        "'。', '，', VALUE"
    })
    void tellsInWhichWayATextDiffers(String before, String after, Kind kind) {
        assertThat(between(Json.object().put("a", before), Json.object().put("a", after)))
                .singleElement()
                .satisfies(one -> {
                    assertThat(one.field()).isEqualTo("a");
                    assertThat(one.kind()).isEqualTo(kind);
                    assertThat(one.before() + one.after()).matches("\\*+");
                });
    }

    @Test
    void tellsEachFieldThatIsThereOnlyOnce() {
        List<Difference> found =
                between(tree("{'a': {'b': '1'}, 'list': ['x']}"), tree("{'list': ['x', {'a': 1, 'b': 2}]}"));

        assertThat(found)
                .extracting(Difference::field, one -> one.kind().name())
                .containsExactly(tuple("a.b", "REMOVED"), tuple("list[].a", "ADDED"), tuple("list[].b", "ADDED"));
    }

    @Test
    void tellsAValueOfAnotherType() {
        assertThat(between(tree("{'a': '1', 'b': [1]}"), tree("{'a': 1, 'b': 1}")))
                .extracting(Difference::kind)
                .containsExactly(Kind.TYPE, Kind.TYPE);
    }

    @Test
    void showsNoNameThatASenderChose() {
        assertThat(between(tree("{'a': {'测试甲': '1'}}"), tree("{'a': {}}")))
                .extracting(Difference::field)
                .containsExactly("a.*");
    }

    @Test
    void findsNothingInWhatIsTheSame() {
        assertThat(between(tree("{'a': 1, 'b': [{'a': null}]}"), tree("{'b': [{'a': null}], 'a': 1}")))
                .isEmpty();
    }

    private static List<Difference> between(JsonNode before, JsonNode after) {
        return Comparison.between(before, after, KNOWN::contains, field -> false);
    }

    private static JsonNode tree(String text) {
        return Json.MAPPER.readTree(text.replace('\'', '"'));
    }
}
