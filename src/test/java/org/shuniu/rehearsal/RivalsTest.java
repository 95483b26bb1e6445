package org.shuniu.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.shuniu.document.DocumentSchemas;
import org.shuniu.mapping.Examples;
import org.shuniu.mapping.Mappings;
import org.shuniu.mapping.MappingsRefused;

/** Candidates with planted errors beside the mappings of the repository, on the examples that these have. */
class RivalsTest {

    private static final Path FOLDER = Path.of("mappings");
    private static final DocumentSchemas SCHEMAS = DocumentSchemas.load(FOLDER);
    /** What the examples say of people. */
    private static final List<String> PERSONAL = List.of("测试", "11010519491231002X", "13900000000", "1949");

    @Test
    void findsNothingInAMappingThatIsTheSame() throws IOException {
        Findings findings = compare("economy", "application.out.yaml", text -> text);

        assertThat(findings.compared()).isGreaterThan(3);
        assertThat(findings.differences()).isEmpty();
        assertThat(findings.sums()).allMatch(sum -> sum.equal() + sum.bothFail() == sum.compared());
    }

    @Test
    void reportsAFieldThatIsReadFromAnotherPlace() throws IOException {
        Findings findings = compare(
                "economy",
                "application.out.yaml",
                text -> text.replace("source: document.applicant.name", "source: document.applicant.idNumber"));

        assertThat(findings.differences())
                .anySatisfy(one -> {
                    assertThat(one.mapping()).isEqualTo("application.out");
                    assertThat(one.field()).isEqualTo("person.name");
                    assertThat(one.kind()).isEqualTo(Kind.VALUE);
                    assertThat(one.count()).isPositive();
                    assertThat(one.before()).isEqualTo("***");
                    assertThat(one.after()).isEqualTo("************");
                    assertThat(one.messages()).isNotEmpty().hasSizeLessThanOrEqualTo(5);
                })
                .allMatch(one -> one.field().equals("person.name"));
        assertThat(told("economy", findings)).doesNotContain(PERSONAL);
    }

    @Test
    void reportsWhatOnlyTheCandidateCanNotTranslate() throws IOException {
        Findings findings = compare("economy", "codes/id-type.csv", text -> text.replaceAll("(?m)^111,.*\n", ""));

        assertThat(findings.failures()).isPositive();
        assertThat(findings.sums()).anyMatch(sum -> sum.onlyCandidateFails() > 0 && sum.onlyInForceFails() == 0);
        assertThat(findings.differences())
                .filteredOn(one -> one.kind() == Kind.FAILS)
                .extracting(Findings.Finding::field)
                .allMatch(reason -> reason.contains("row person.certType: code table id-type has no hub code '111'"));
        assertThat(told("economy", findings)).contains("\"side\":\"candidate\"").doesNotContain(PERSONAL);
    }

    /** The files of a candidate are whoever's who asks: by them he must not read a number of a person piece by piece. */
    @Test
    void quotesNoPieceOfAnythingThatTheMappingInForceDoesNotTranslateByATable() throws IOException {
        Findings findings = compare(
                "economy",
                "application.out.yaml",
                text -> text.replace(
                        "source: document.channel, codes: channel",
                        "expression: '$substring(document.applicant.idNumber, 0, 4)', codes: channel"));

        assertThat(findings.failures()).isPositive();
        assertThat(findings.differences())
                .filteredOn(one -> one.kind() == Kind.FAILS)
                .isNotEmpty()
                .allSatisfy(one -> assertThat(one.field()).contains("'***'").doesNotContain("1101"));
    }

    @Test
    void reportsWhatOnlyTheCandidateCanTranslate() throws IOException {
        Mappings was = candidate("economy", "codes/id-type.csv", text -> text.replaceAll("(?m)^111,.*\n", ""));
        Findings findings = compare("economy", was, candidate("economy", "application.out.yaml", text -> text));

        assertThat(findings.failures()).isZero();
        assertThat(findings.sums()).anyMatch(sum -> sum.onlyInForceFails() > 0);
        assertThat(findings.differences()).extracting(Findings.Finding::kind).contains(Kind.WORKS);
    }

    @Test
    void reportsAFieldThatIsLeftOutInXml() throws IOException {
        Findings findings = compare(
                "human-resources",
                "application.out.yaml",
                text -> text.replaceFirst("(?m)^  - \\{target: .*max:.*\\n", ""));

        assertThat(findings.differences())
                .isNotEmpty()
                .allMatch(one -> one.kind() == Kind.REMOVED && !one.field().isEmpty());
        assertThat(told("human-resources", findings)).doesNotContain(PERSONAL);
    }

    @Test
    void reportsColumnsOfAnotherWidth() throws IOException {
        Findings findings =
                compare("grain", "application.out.yaml", text -> text.replaceFirst("width: (\\d+)}", "width: 99}"));

        assertThat(findings.differences())
                .isNotEmpty()
                .allMatch(one -> one.kind() == Kind.FORMAT)
                .allMatch(one -> one.after().endsWith(" bytes"));
    }

    @Test
    void reportsAnAnswerThatIsUnderstoodOtherwise() throws IOException {
        Findings findings = compare("economy", "result.in.yaml", text -> text.replace("is: refused", "is: delivered"));

        assertThat(findings.differences())
                .filteredOn(one -> one.field().equals("verdict"))
                .singleElement()
                .satisfies(one -> {
                    assertThat(one.mapping()).isEqualTo("result.in");
                    assertThat(one.before()).isEqualTo("REFUSED");
                    assertThat(one.after()).isEqualTo("DELIVERED");
                });
        assertThat(told("economy", findings)).doesNotContain(PERSONAL);
    }

    @Test
    void reportsAMappingThatIsGone() throws IOException {
        Mappings all = candidate("police", "application.out.yaml", text -> text);
        TreeMap<String, String> fewer =
                new TreeMap<>(CandidateFiles.of(FOLDER.resolve("police")).texts());
        fewer.remove("query.out.yaml");

        Findings findings = compare("police", all, new CandidateFiles(fewer).read("police", FOLDER));

        assertThat(findings.differences())
                .filteredOn(one -> one.mapping().equals("query.out"))
                .extracting(Findings.Finding::field)
                .containsOnly("there is no mapping query.out");
    }

    @Test
    void outlivesACandidateThatNeverEnds() throws IOException {
        String endless = "$count($map([1..1000000], function($x) { $sum($map([1..100], function($y) { $x * $y })) }))";
        Mappings candidate = candidate(
                "economy",
                "application.out.yaml",
                text -> text.replace(
                        "\nrows:\n", "\nrows:\n  - {target: endless, expression: '%s'}\n".formatted(endless)));
        Mappings inForce = Mappings.load(FOLDER);
        Rivals rivals = new Rivals("economy", inForce, candidate, SCHEMAS);
        Recorded message = new Examples(FOLDER, inForce)
                .all().stream()
                        .filter(example -> example.partner().equals("economy"))
                        .filter(example -> example.mapping().equals("application.out"))
                        .map(example -> new ExampleMessage(FOLDER, example, SCHEMAS))
                        .findFirst()
                        .orElseThrow();

        assertThat(rivals.compare(message).orElseThrow())
                .singleElement()
                .satisfies(one -> assertThat(one.field()).contains("row endless: the expression makes more than"));
    }

    @Test
    void refusesWhatNoFolderOfMappingsHas() throws IOException {
        TreeMap<String, String> texts = new TreeMap<>();
        texts.put("../economy/application.out.yaml", "");
        assertThatThrownBy(() -> new CandidateFiles(texts))
                .hasMessageContaining("'../economy/application.out.yaml', expected names such as");
        assertThatThrownBy(() -> new CandidateFiles(new TreeMap<>())).hasMessageContaining("found 0");
        assertThatThrownBy(() -> candidate(
                        "economy", "application.out.yaml", text -> text.replace("codes: id-type", "codes: id-typ")))
                .isInstanceOf(MappingsRefused.class)
                .hasMessageContaining("economy/application.out.yaml:")
                .hasMessageContaining("there is no table 'id-typ'");
    }

    private static Findings compare(String partner, String file, UnaryOperator<String> change) throws IOException {
        return compare(partner, Mappings.load(FOLDER), candidate(partner, file, change));
    }

    private static Findings compare(String partner, Mappings was, Mappings is) {
        Rivals rivals = new Rivals(partner, was, is, SCHEMAS);
        Tally tally = new Tally();
        new Examples(FOLDER, Mappings.load(FOLDER))
                .all().stream()
                        .filter(example -> example.partner().equals(partner))
                        .forEach(example -> rivals.compare(new ExampleMessage(FOLDER, example, SCHEMAS), tally));
        return tally.findings();
    }

    private static Mappings candidate(String partner, String file, UnaryOperator<String> change) throws IOException {
        TreeMap<String, String> texts =
                new TreeMap<>(CandidateFiles.of(FOLDER.resolve(partner)).texts());
        texts.compute(file, (name, text) -> change.apply(text));
        return new CandidateFiles(texts).read(partner, FOLDER);
    }

    private static String told(String partner, Findings findings) {
        return Told.of(partner, "was", "is", findings).toString();
    }
}
