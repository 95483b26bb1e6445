package org.shuniu.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;

/** Holds mappings/README.md to the language that the code really speaks. */
class MappingReadmeTest {

    private static final String README = read(Path.of("mappings/README.md"));
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([^`]+)` \\| (.+) \\| `(.+)` \\|$");
    private static final Pattern ON_TEXT = Pattern.compile("`([^`]+)` of `(.+)`");
    private static final Pattern KEY = Pattern.compile("(?m)^\\| `([a-z]+)` \\| ");
    private static final Pattern CALL = Pattern.compile("\\$([A-Za-z]+)\\(");

    /** One row of a table of functions. */
    private record Shown(String function, String example, String gives) {

        boolean inExpressions() {
            return function.startsWith("$");
        }

        JsonNode result() {
            if (inExpressions()) {
                String expression = example.substring(1, example.length() - 1);
                return Expression.of(expression)
                        .evaluate(new Source(Source.MAPPER.createObjectNode(), Days.of(LocalDate.EPOCH)));
            }
            Matcher parts = ON_TEXT.matcher(example);
            assertThat(parts.matches()).as(example).isTrue();
            String text = Source.MAPPER.readTree(parts.group(2)).stringValue();
            return Source.MAPPER
                    .getNodeFactory()
                    .stringNode(NamedFunction.of(parts.group(1)).apply(text));
        }

        boolean showsItsFunction() {
            return example.startsWith("`" + function)
                    && (inExpressions() || ON_TEXT.matcher(example).matches());
        }
    }

    @Test
    void showsEveryFunctionOnTextsAndNoOther() {
        assertThat(named(shown().filter(row -> !row.inExpressions()))).isEqualTo(NamedFunction.names());
    }

    @Test
    void showsEveryFunctionOfExpressionsAndCallsNoOther() {
        Set<String> called = CALL.matcher(README)
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(named(shown().filter(Shown::inExpressions)).stream().map(name -> name.substring(1)))
                .containsExactlyElementsOf(new TreeSet<>(Expression.FUNCTIONS));
        assertThat(called).isEqualTo(new TreeSet<>(Expression.FUNCTIONS));
    }

    @TestFactory
    Stream<DynamicTest> givesWhatEachExampleOfAFunctionSays() {
        return shown().map(row -> DynamicTest.dynamicTest(row.function(), () -> {
            assertThat(row.showsItsFunction()).as(row.example()).isTrue();
            assertThat(row.result()).isEqualTo(Source.MAPPER.readTree(row.gives()));
        }));
    }

    @Test
    void explainsEveryKeyOfARowAndNoOther() {
        String table = README.substring(README.indexOf("| row key |"), README.indexOf("A row has exactly one of"));
        List<String> keys =
                KEY.matcher(table).results().map(found -> found.group(1)).toList();

        assertThat(keys).containsExactlyInAnyOrderElementsOf(RowReader.KEYS);
    }

    private static Stream<Shown> shown() {
        return ROW.matcher(README).results().map(MappingReadmeTest::shown);
    }

    private static Shown shown(MatchResult row) {
        return new Shown(row.group(1), row.group(2), row.group(3));
    }

    private static Set<String> named(Stream<Shown> rows) {
        return rows.map(Shown::function).collect(Collectors.toCollection(TreeSet::new));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
