package org.shuniu.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.shuniu.fault.Fault;
import org.shuniu.fault.StrictYaml;
import org.shuniu.fault.YamlLines;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What an expression in force may not do, whatever a message says. */
class ExpressionBoundsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/a/",
                "$replace(a, /(x+)+y/, \"\")",
                "$contains(a.b, /x/i)",
                "$split(a,/,/)",
                "a and /x/(b)",
                "a /* \" */ ~> /x/ /* \" */",
                "a = \"\\\"\" ? /x/ : 1",
                "`a` & /x/(b)",
                "[1, /x/]",
                "a.*[$contains($, /x/)]",
                "a * /x/"
            })
    void isNoRegularExpression(String text) {
        assertThatThrownBy(() -> Expression.of(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("a regular expression between slashes")
                .hasMessageContaining("; expected texts in quotes");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a/b",
                "(a + 1) / 2",
                "a[0] / $count(b)",
                "$substringAfter(a, \"/x/\")",
                "a & '/x/'",
                "`a/b` / 2",
                "a.* / 2",
                "in / 2",
                "{\"a\": 4}.a / 2",
                "a /* a / comment */ & b",
                "数/2"
            })
    void mayDivideAndNameASlash(String text) {
        assertThat(Expression.of(text).toString()).isEqualTo(text);
    }

    @Test
    void aRegularExpressionIsAFaultWithFileLineReasonAndCure() {
        String text = """
                mapping: x/application.out
                description: A sentence.
                codec: {kind: json}
                rows:
                  - {target: a, source: case.caseNo}
                  - {target: b, expression: '$replace(case.caseNo, /3+/, "")'}
                """;
        Faults faults = new Faults(Path.of("x"), YamlLines.of(text));

        new MappingFile(
                        "x/application.out",
                        "application.out.yaml",
                        StrictYaml.read(text),
                        Map.of(),
                        CanonicalPaths.load(Path.of("mappings/canonical")),
                        faults)
                .outgoing("application", AllowedFields.NOT_DECLARED);

        Fault fault = faults.found().get(0);
        assertThat(fault.file()).endsWith("application.out.yaml");
        assertThat(fault.line()).isEqualTo(6);
        assertThat(fault.place()).isEqualTo("row 2 (b)");
        assertThat(fault.reason()).contains("a regular expression between slashes");
        assertThat(fault.cure()).contains("texts in quotes");
    }

    /** What was written by a version in force before must be written as it was first. */
    @Test
    void aFormerVersionIsStillRead(@TempDir Path folder) throws IOException {
        Path canonical = Files.createDirectory(folder.resolve("canonical"));
        try (Stream<Path> schemas = Files.list(Path.of("mappings/canonical"))) {
            for (Path schema : schemas.filter(Files::isRegularFile).toList()) {
                Files.copy(schema, canonical.resolve(schema.getFileName()));
            }
        }
        Files.writeString(Files.createDirectory(folder.resolve("x")).resolve("application.out.yaml"), """
                mapping: x/application.out
                description: A sentence.
                codec: {kind: json}
                rows:
                  - {target: a, expression: '$replace(case.caseNo, /3+/, "")'}
                  - {target: b, expression: '($max := case.caseNo; $max)'}
                """);

        assertThat(Mappings.loadFormer(folder).partners()).containsExactly("x");
        assertThatThrownBy(() -> Mappings.load(folder))
                .isInstanceOf(MappingsRefused.class)
                .hasMessageContaining("row 1 (a)")
                .hasMessageContaining("row 2 (b)");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    $replace(a, /3+/, "x")                     | 12x
                    $replace(a, /3+/, function($m){ $m.match}) | 1233
                    $split(a, /2/)[1]                          | 33
                    ($max := a; $max & "4")                    | 12334
                    """)
    void aFormerExpressionGivesWhatItGave(String text, String value) {
        Source source = new Source(Source.MAPPER.createObjectNode().put("a", "1233"), Days.of(LocalDate.EPOCH));

        assertThat(Expression.former(text).evaluate(source).asString()).isEqualTo(value);
    }

    /** Nor were they ever. */
    @Test
    void aFormerExpressionCallsNothingThatIsNotListed() {
        assertThatThrownBy(() -> Expression.former("$eval(\"1\")")).hasMessageContaining("is not in the list");
    }

    /** A name of one's own must not hide that the language's function is called. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "($eval := 1; $eval(\"1\"))",
                "($x := $eval(\"1\"); $eval := 1; $x)",
                "function($match){ $match }",
                "$power(2, 3)",
                "$match(a, \"b\")"
            })
    void callsNothingThatIsNotListed(String text) {
        assertThatThrownBy(() -> Expression.of(text)).hasMessageContaining("is not in the list");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$pad(\"x\", 1000000000)",
                "$pad(\"x\", -1000000000, \"ab\")",
                "$length($replace($pad(\"\", 100000, \"x\"), \"x\", $pad(\"\", 100000, \"y\")))",
                "$join($split($pad(\"\", 100000, \"x\"), \"\"), $pad(\"\", 100000, \"y\"))",
                "($grow := function($t, $n){ $n > 0 ? $grow($t & $t, $n - 1) : $t }; $grow(\"xxxxxxxx\", 40))",
                "($grow := function($t, $n){ $n > 0 ? $grow([[$t], [$t]], $n - 1) : $t }; $string($grow(1, 60)))",
                "$count([1..9000000])"
            })
    @Timeout(60)
    void makesNothingLargerThanAValueMayBe(String text) {
        Source source = source(0);

        assertThatThrownBy(() -> Expression.of(text).evaluate(source))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageMatching("the expression makes more than \\d+ letters or parts; expected less");
    }

    /** An answer may hold a certificate's image. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "$exists(answer.image) ? answer.image : \"\"",
                "(answer.data.caseNo = \"1\" ? answer : answer).image",
                "$lookup(answer, \"image\")",
                "[answer.image]",
                "{\"a\": answer}.a.image",
                "$trim(answer.image)",
                "$replace(answer.image, \"=\", \"is more than it was\")",
                "($copy := answer; $copy.image)",
                "$filter(answer.list, function($x){ $x.image != \"\" }).image",
                "answer.list[image != \"\"].image"
            })
    @Timeout(60)
    void readsLargeSources(String text) {
        for (int size : new int[] {150_000, 1 << 20, 8 << 20}) {
            JsonNode found = Expression.of(text).evaluate(large(size));
            JsonNode image = found.isArray() ? found.get(0) : found;

            assertThat(image.asString().length()).isGreaterThanOrEqualTo(size);
        }
    }

    @Test
    @Timeout(60)
    void asksALargeSourceManyThings() {
        Source source = large(1 << 20);
        Expression condition = Expression.of("(answer.data.caseNo) = \"1\" and $exists(answer.image)");
        Expression inside = Expression.of("answer.data.caseNo & item & $string($count(answer.list))");

        for (int i = 0; i < 1_000; i++) {
            assertThat(condition.holds(source)).isTrue();
            Source element = source.at(
                    TreePath.of("rows"), Source.MAPPER.getNodeFactory().stringNode("x"), i);
            assertThat(inside.evaluate(element).asString()).isEqualTo("1x1");
        }
    }

    /** Each expression reads a list of the source that is large as a whole. */
    @Test
    @Timeout(60)
    void readsLongLists() {
        Source source = source(50_000);

        for (int i = 0; i < 10; i++) {
            assertThat(Expression.of("$count(list) + $count($append(list, 1))")
                            .evaluate(source)
                            .intValue())
                    .isEqualTo(100_001);
        }
        assertThatThrownBy(() -> Expression.of("$count(list.$$.list)").evaluate(source))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("; expected less");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$join([answer.image, answer.image, answer.image, answer.image, answer.image, answer.image])",
                "answer.image & answer.image & answer.image & answer.image & answer.image & answer.image",
                "$replace(answer.image, \"A\", \"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\")",
                "$pad(answer.image, 1000000000)",
                "$string([1..1000].$$.answer)",
                "[1..1000].($$.answer.image & \"x\")",
                "($grow := function($t, $n){ $n > 0 ? $grow($t & $t, $n - 1) : $t }; $grow(answer.image, 40))",
                "($grow := function($t, $n){ $n > 0 ? $grow([[$t], [$t]], $n - 1) : $t }; $string($grow(answer, 60)))"
            })
    @Timeout(60)
    void makesNothingMuchLargerThanItsSource(String text) {
        Source source = large(1 << 20);

        assertThatThrownBy(() -> Expression.of(text).evaluate(source))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageMatching("the expression makes more than \\d+ letters or parts; expected less");
    }

    @Test
    @Timeout(60)
    void loopsForNoLongerThanItsMessageMay() {
        Expression loop = Expression.of("($f := function($n){ $n > 0 ? $f($n + 1) : 0 }; $f(1))");
        Source source = source(0);

        assertThatThrownBy(() -> loop.evaluate(source))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("all expressions of the message take ");
    }

    /** Many rows have what one has. */
    @Test
    @Timeout(60)
    void spendsWithAllRowsOfItsMessageOfOneEffort() {
        Expression costly = Expression.of("$count($filter(list, function($x){ $x >= 0 }))");
        Source source = source(2_000);
        Source inside =
                source.at(TreePath.of("rows"), Source.MAPPER.getNodeFactory().numberNode(1), 1);

        assertThat(costly.evaluate(source).intValue()).isEqualTo(2_000);
        assertThatThrownBy(() -> {
                    for (int i = 0; i < 1_000; i++) {
                        costly.evaluate(i % 2 == 0 ? source : inside);
                    }
                })
                .hasMessageContaining("all expressions of the message take ");
        assertThat(costly.evaluate(source(2_000)).intValue())
                .as("the next message has an effort of its own")
                .isEqualTo(2_000);
    }

    @Test
    @Timeout(60)
    void namesItsRowWhereItIsStopped() {
        String text = """
                mapping: x/application.out
                description: A sentence.
                codec: {kind: json}
                rows:
                  - {target: a, expression: '($f := function($n){ $n > 0 ? $f($n + 1) : 0 }; $f(1))'}
                """;
        OutgoingMapping mapping = new MappingFile(
                        "x/application.out",
                        "application.out.yaml",
                        StrictYaml.read(text),
                        Map.of(),
                        CanonicalPaths.load(Path.of("mappings/canonical")),
                        new Faults(Path.of("x"), YamlLines.of(text)))
                .outgoing("application", AllowedFields.NOT_DECLARED);

        assertThatThrownBy(() -> mapping.tree(Source.MAPPER.createObjectNode(), Days.of(LocalDate.EPOCH)))
                .isInstanceOf(MappingFailed.class)
                .hasMessageStartingWith("x/application.out, row a: all expressions of the message take ");
    }

    @Test
    void seesInsideAListWhatStandsAroundIt() {
        Source around = source(3);
        JsonNode item = Source.MAPPER.createObjectNode().put("name", "n");
        Source inner = around.at(TreePath.of("rows"), item, 2);

        JsonNode seen = Expression.of("item.name & $string(index) & $string($count(list))")
                .evaluate(inner);

        assertThat(seen.asString()).isEqualTo("n23");
        assertThat(Expression.of("$exists(item)").evaluate(around).booleanValue())
                .isFalse();
    }

    private static Source large(int letters) {
        ObjectNode tree = Source.MAPPER.createObjectNode();
        ObjectNode answer = tree.putObject("answer");
        answer.putObject("data").put("caseNo", "1");
        answer.put("image", "A".repeat(letters - 1) + "=");
        answer.putArray("list").addObject().put("image", answer.path("image").asString());
        return new Source(tree, Days.of(LocalDate.EPOCH));
    }

    private static Source source(int numbers) {
        ObjectNode tree = Source.MAPPER.createObjectNode();
        var list = tree.putArray("list");
        for (int i = 0; i < numbers; i++) {
            list.add(i);
        }
        return new Source(tree, Days.of(LocalDate.EPOCH));
    }
}
