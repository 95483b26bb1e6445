package org.shuniu.workbench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.shuniu.catalogue.Catalogue;
import org.shuniu.fault.Fault;
import org.shuniu.mapping.CodesInUse;
import org.shuniu.mapping.Coverage;
import org.shuniu.mapping.Examples;
import org.shuniu.mapping.ExplainedRow;
import org.shuniu.mapping.Loss;
import org.shuniu.mapping.Mappings;

/** Drafts of the repository's own mappings, on their examples. */
class WorkbenchTest {

    private static final Path FOLDER = Path.of("mappings");
    private static final String PARTNER = "economy";
    private static final String OUT = "application.out";
    private static final String IN = "result.in";
    private static final String ID_TYPE = "id-type";
    private static final String PURPOSE = "  - {target: purpose, source: document.form.purpose, max: 200}\n";
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Mappings MAPPINGS = Mappings.load(FOLDER);
    private static final Catalogue CATALOGUE = Catalogue.load(FOLDER);
    /** A machine that is busy decides nothing. */
    private static final Workbench BENCH =
            new Workbench(() -> FOLDER, FOLDER, MAPPINGS, CATALOGUE, Duration.ofMinutes(2));

    @AfterAll
    static void close() {
        BENCH.close();
    }

    @Test
    void showsWhatTheFileInForceMakesOfAnExample() {
        Trial trial = BENCH.translate(draft(OUT, "online", BENCH.text(PARTNER, OUT)));

        assertThat(trial.problem()).isEmpty();
        assertThat(trial.faults()).isEmpty();
        assertThat(trial.target()).contains("\"certNo\":\"11010519491231002X\"");
        assertThat(trial.examples()).hasSize(3).allMatch(Trial.Example::isSame);
        assertThat(row(trial, "person.certType").did().steps()).containsExactly("table id-type: 111 > 01");
        assertThat(lineOf(BENCH.text(PARTNER, OUT), "target: person.certType"))
                .isEqualTo(row(trial, "person.certType").line());
    }

    @Test
    void saysWhatTheRowsWithinAListDo() {
        Trial trial = BENCH.translate(draft(OUT, "online", BENCH.text(PARTNER, OUT)));

        Trial.Row name = row(trial, "files[1].name");
        assertThat(name.did().result()).isEqualTo("申请表");
        assertThat(name.line()).isEqualTo(lineOf(BENCH.text(PARTNER, OUT), "{target: name, source: item.name"));
    }

    @Test
    void followsAnEdit() {
        String text = BENCH.text(PARTNER, OUT).replace("function: trim, required", "function: last 1, required");

        Trial trial = BENCH.translate(draft(OUT, "online", text));

        assertThat(trial.target()).contains("\"name\":\"甲\"");
        assertThat(trial.examples()).noneMatch(Trial.Example::isSame);
    }

    @Test
    void tellsAFaultAtItsRowAndGoesOnWithTheOthers() {
        String text = BENCH.text(PARTNER, OUT)
                .replace(PURPOSE, "  - {target: purpose, sorce: document.form.purpose, max: 200}\n");

        Trial trial = BENCH.translate(draft(OUT, "online", text));

        long line = lineOf(text, "sorce");
        assertThat(trial.faults())
                .filteredOn(fault -> fault.file().equals("economy/application.out.yaml"))
                .singleElement()
                .satisfies(fault -> {
                    assertThat(fault.line()).isEqualTo(line);
                    assertThat(fault.reason()).contains("unknown key 'sorce'");
                });
        assertThat(trial.rows())
                .filteredOn(row -> row.did() == null)
                .extracting(Trial.Row::line)
                .containsExactly(line);
        assertThat(trial.rows().stream().map(Trial.Row::line).toList().indexOf(line))
                .isEqualTo(trial.rows().indexOf(row(trial, "remark")) - 1);
        assertThat(row(trial, "channel").did().end()).isEqualTo(ExplainedRow.End.WRITTEN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "rows: [", "a: b: c", "- 1", "rows:\n\t- x", "mapping: economy/application.out"})
    void staysUsableWhateverTheTextIs(String text) {
        Trial trial = BENCH.translate(draft(OUT, "online", text));

        assertThat(trial.problem()).isEmpty();
        assertThat(trial.faults()).isNotEmpty();
        assertThat(trial.target()).isEmpty();
    }

    @Test
    void tellsWhereATextIsNoYaml() {
        String text = BENCH.text(PARTNER, OUT).replace(PURPOSE, PURPOSE + "  - {target: x, source: case.caseNo\n");

        List<Fault> faults = BENCH.translate(draft(OUT, "online", text)).faults();

        assertThat(faults).singleElement().satisfies(fault -> {
            assertThat(fault.line()).isGreaterThanOrEqualTo(lineOf(text, "target: x,"));
            assertThat(fault.reason()).startsWith("not YAML");
        });
    }

    @Test
    void tellsWhichRowFailsOnThisMessage() {
        Draft draft = draft(OUT, "online", BENCH.text(PARTNER, OUT));
        Sample other = new Sample(
                draft.sample().text().replace("\"idType\": \"111\"", "\"idType\": \"335\""),
                "",
                false,
                draft.sample().day());

        Trial trial = BENCH.translate(new Draft(PARTNER, OUT, draft.text(), other));

        assertThat(row(trial, "person.certType").isBad()).isTrue();
        assertThat(row(trial, "person.certType").did().result()).contains("code table id-type has no hub code '335'");
        assertThat(trial.target()).isEmpty();
    }

    @Test
    void saysWhichLineOfAnOutcomeDecides() {
        Trial trial = BENCH.translate(draft(IN, "done", BENCH.text(PARTNER, IN)));

        assertThat(trial.outcome()).isEqualTo("line 7 decides: delivered");
        assertThat(trial.target()).contains("\"document\" : \"result\"");
        assertThat(trial.examples()).isNotEmpty().allMatch(Trial.Example::isSame);
    }

    @Test
    void doesNotLetAnotherLineDecideInThePlaceOfOneThatCannotBeRead() {
        String text = BENCH.text(PARTNER, IN).replace("is: unavailable", "is: away");

        Trial trial = BENCH.translate(draft(IN, "busy", text));

        assertThat(trial.outcome()).isEmpty();
        assertThat(trial.faults()).extracting(Fault::place).containsExactly("outcome 2");
    }

    @Test
    void namesFieldsThatGoNowhere() {
        String text = BENCH.text(PARTNER, OUT).replace(PURPOSE, "");

        Coverage coverage = BENCH.translate(draft(OUT, "online", text)).coverage();

        assertThat(coverage.unread())
                .extracting(Coverage.Unread::field)
                .contains("document.form.purpose", "document.applicant.division", "document.materials.attachment.name")
                .doesNotContain("document.applicant.name", "document.materials.name", "document.form.remark");
        assertThat(coverage.unread())
                .filteredOn(field -> field.field().equals("document.form.purpose"))
                .singleElement()
                .isEqualTo(new Coverage.Unread("document.form.purpose", "", true, true));
        assertThat(coverage.unread())
                .filteredOn(field -> field.field().equals("document.applicant.division"))
                .allMatch(field -> field.inMessage() && !field.mayLeave());
    }

    @Test
    void namesCodesThatTheTableDoesNotHave() {
        Coverage coverage =
                BENCH.translate(draft(OUT, "online", BENCH.text(PARTNER, OUT))).coverage();

        assertThat(coverage.untranslated()).singleElement().satisfies(codes -> {
            assertThat(codes.target()).isEqualTo("person.certType");
            assertThat(codes.codes()).contains("335").doesNotContain("111");
        });
    }

    @Test
    void namesPlacesThatMustBeThereAndNobodyWrites() {
        String text = BENCH.text(PARTNER, IN)
                .replace(
                        "      - {target: statusTime, source: transport.receivedAt, date: {from: iso, to: hub}, required: true}\n",
                        "");

        Trial trial = BENCH.translate(draft(IN, "in-work", text));

        assertThat(trial.coverage().unfilled()).containsExactly("status.statusTime");
    }

    @Test
    void namesWhatOfAnAnswerNobodyReads() {
        String text = BENCH.text(PARTNER, IN).replace("answer.data.acceptNo", "answer.data.applyNo");

        assertThat(BENCH.translate(draft(IN, "done", text)).coverage().unread())
                .extracting(Coverage.Unread::field)
                .contains("answer.data.acceptNo")
                .doesNotContain("answer.data.applyNo", "answer.success", "answer.data.state");
    }

    @Test
    void holdsADraftAgainstWhatIsAgreedWithTheOffice(@TempDir Path directory) throws IOException {
        Path economy = Files.createDirectories(directory.resolve(PARTNER));
        for (String mapping : List.of(OUT, IN)) {
            Files.writeString(economy.resolve(mapping + ".yaml"), BENCH.text(PARTNER, mapping));
        }
        Files.writeString(economy.resolve("contract.yaml"), """
                contract: economy
                name: {zh: 经信, en: Economy}
                department: {code: JX, office: 市经信委}
                protocol: rest
                result: callback
                since: 2026-12-01
                items:
                  - {code: "312000250000", name: {zh: 市民网上实名认证服务, en: Identity check}, working-days: 1}
                basis: 《中华人民共和国个人信息保护法》第三十四条
                fields:
                  application:
                    - {name: requestId, source: message.id, most: 36, required: true, label: 报文编号}
                    - {name: applyNo, source: case.caseNo, most: 50, required: true, label: 办件编号}
                    - {name: urgency, source: document.form.urgency, most: 1, label: 缓急}
                  supplement:
                    - {name: requestId, source: message.id, most: 36, required: true, label: 报文编号}
                    - {name: applyNo, source: case.caseNo, most: 50, required: true, label: 办件编号}
                  withdrawal:
                    - {name: requestId, source: message.id, most: 36, required: true, label: 报文编号}
                    - {name: applyNo, source: case.caseNo, most: 50, required: true, label: 办件编号}
                codes:
                  state:
                    - {hub: "40", local: PROCESSING, label: 办理中}
                    - {hub: "60", local: FINISHED, label: 办结}
                """);
        try (Workbench bench = new Workbench(() -> directory, FOLDER, MAPPINGS, CATALOGUE, Duration.ofMinutes(2))) {
            Trial out = bench.translate(draft(OUT, "online", BENCH.text(PARTNER, OUT)));
            Trial in = bench.translate(draft(IN, "in-work", BENCH.text(PARTNER, IN)));

            assertThat(out.agreed())
                    .singleElement()
                    .satisfies(fault -> assertThat(fault.reason()).startsWith("urgency is agreed"));
            assertThat(in.agreed()).isEmpty();
            assertThat(in.coverage().untranslated())
                    .containsExactly(new Coverage.Untranslated("status", "state", List.of("FINISHED")));
        }
    }

    @Test
    void saysWhatATableAndADeclarationAreLeftWith() {
        String text = BENCH.text(PARTNER, OUT)
                .replace("  - {target: channel, source: document.channel, codes: channel, required: true}\n", "");

        Trial trial = BENCH.translate(draft(OUT, "online", text));

        assertThat(trial.left())
                .extracting(Fault::file)
                .containsExactlyInAnyOrder("economy/codes/channel.csv", "economy/allowed-fields.csv");
        assertThat(trial.faults()).as("of the text itself").isEmpty();
        assertThat(trial.difference())
                .startsWith("--- a/mappings/economy/application.out.yaml\n")
                .contains("-  - {target: channel, source: document.channel");
    }

    @Test
    void translatesByACodeTableAsItIsWritten() {
        Draft draft = draft(OUT, "online", BENCH.text(PARTNER, OUT));
        String table = BENCH.tables(draft).get(ID_TYPE);

        Trial trial = BENCH.translate(draft.with(Map.of(ID_TYPE, table.replace("111,01,both", "111,99,both"))));

        assertThat(trial.faults()).isEmpty();
        assertThat(trial.target()).contains("\"certType\":\"99\"");
        assertThat(trial.examples()).noneMatch(Trial.Example::isSame);
        assertThat(trial.difference())
                .contains("+++ b/mappings/economy/codes/id-type.csv", "-111,01,both", "+111,99,both")
                .doesNotContain("application.out.yaml");
        assertThat(BENCH.translate(draft).target()).as("nothing is kept").contains("\"certType\":\"01\"");
    }

    @Test
    void saysWhichCodesATableTranslatesAndWhichNot() {
        Draft draft = draft(OUT, "online", BENCH.text(PARTNER, OUT));
        String table = BENCH.tables(draft).get(ID_TYPE);
        String dated = table.replace("hub,local,use,name", "hub,local,use,name,valid_from,valid_to")
                .replace("居民身份证\n", "居民身份证,,\n")
                .replaceAll("(?m)^((?!hub|11[12]).+)$", "$1,2030-01-01,");

        CodesInUse inForce = idType(BENCH.translate(draft));
        Trial later = BENCH.translate(draft.with(Map.of(ID_TYPE, dated + "335,07,in,边民出入境通行证,,\n")));

        assertThat(inForce.rows().get(1))
                .isEqualTo(new CodesInUse.Row(3, "112", "01", "临时居民身份证", "", CodesInUse.Use.TRANSLATES));
        assertThat(inForce.missing()).contains("335").doesNotContain("111", "414");
        assertThat(later.faults()).isEmpty();
        assertThat(idType(later).missing()).contains("335", "414").doesNotContain("111");
        assertThat(idType(later).rows())
                .extracting(CodesInUse.Row::use)
                .startsWith(CodesInUse.Use.TRANSLATES, CodesInUse.Use.TRANSLATES, CodesInUse.Use.OTHER_DAY)
                .endsWith(CodesInUse.Use.OTHER_WAY);
        assertThat(idType(later).rows().get(2).days()).isEqualTo("2030-01-01 – ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "111,01,both,a/111,02,out,b  | 3 | hub code '111' stands twice",
                "111,01,sideways,a           | 2 | use is 'sideways'",
                "111,01,both,a/000,02,both,b | 3 | '000' is no code of the hub",
                "111,01,both                 | 2 | 3 fields",
                "111,,both,a                 | 2 | an empty code",
                "/                           | 1 | no rows"
            })
    void tellsWhatIsWrongWithATableAtItsLine(String rows, long line, String reason) {
        Draft draft = draft(OUT, "online", BENCH.text(PARTNER, OUT));
        String table = "hub,local,use,name\n" + rows.replace('/', '\n') + "\n";

        Trial trial = BENCH.translate(draft.with(Map.of(ID_TYPE, table)));

        assertThat(trial.faultsOf("economy/codes/id-type.csv")).singleElement().satisfies(fault -> {
            assertThat(fault.line()).isEqualTo(line);
            assertThat(fault.reason()).startsWith(reason);
        });
        assertThat(row(trial, "channel").did().end()).as("the others go on").isEqualTo(ExplainedRow.End.WRITTEN);
    }

    @Test
    void writesOnlyTablesThatTheMappingUses() {
        Draft draft = draft(OUT, "online", BENCH.text(PARTNER, OUT));

        assertThat(BENCH.tables(draft)).containsOnlyKeys("channel", ID_TYPE);
        assertThat(BENCH.changes(draft.with(Map.of("state", "x", "../" + ID_TYPE, "x")))
                        .isNone())
                .isTrue();
        assertThat(BENCH.translate(draft.with(Map.of(ID_TYPE, "x".repeat(Draft.LARGEST_TABLES + 1))))
                        .problem())
                .isEqualTo("large");
    }

    /** The way back reads by the table as it is written too. */
    @Test
    void losesWhatAnEditedTableLoses() {
        Draft draft = draft(OUT, "online", BENCH.text(PARTNER, OUT));
        String table = BENCH.tables(draft).get(ID_TYPE).replace("113,02,both", "113,03,out");

        Workbench.Lost lost = BENCH.lost(draft.with(Map.of(ID_TYPE, table)));

        assertThat(lost.problem()).isEmpty();
        assertThat(lost.losses()).extracting(Loss::field).contains("codes/id-type.csv 113");
    }

    @Test
    void saysWhichOtherMappingsUseATable() {
        String union = "trade-union";
        Sample sample = BENCH.samples()
                .find(union, OUT, BENCH.samples().names(union, OUT).get(0))
                .orElseThrow();

        Trial trial = BENCH.translate(new Draft(union, OUT, BENCH.text(union, OUT), sample));

        assertThat(trial.codes())
                .filteredOn(codes -> codes.table().equals("channel"))
                .singleElement()
                .satisfies(codes -> assertThat(codes.others()).containsExactly("supplement.out", "withdrawal.out"));
    }

    private static CodesInUse idType(Trial trial) {
        return trial.codes().stream()
                .filter(codes -> codes.table().equals(ID_TYPE))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void losesBetweenHubAndDepartmentWhatTheDraftLoses() {
        String phone = "  - {target: person.phone, source: document.applicant.mobile, function: digits, max: 18}\n";
        String text = BENCH.text(PARTNER, OUT);

        Workbench.Lost before = BENCH.lost(draft(OUT, "online", text));
        Workbench.Lost without = BENCH.lost(draft(OUT, "online", text.replace(phone, "")));
        Workbench.Lost faulty = BENCH.lost(draft(OUT, "online", text.replace("source: case.caseNo", "source: case.")));
        Workbench.Lost shorter = BENCH.lost(
                draft(OUT, "online", text.replace("function: digits, max: 18}", "function: first 3, max: 18}")));

        assertThat(before.problem()).isEmpty();
        assertThat(before.losses()).extracting(Loss::way).contains(Loss.Way.OUT).doesNotContain(Loss.Way.IN);
        assertThat(ofMobile(before)).isNotEqualTo(ofMobile(shorter));
        assertThat(ofMobile(shorter)).extracting(Loss::kind).contains(Loss.Kind.COARSER);
        assertThat(ofMobile(without)).extracting(Loss::kind).containsExactly(Loss.Kind.NOT_CARRIED);
        assertThat(faulty.problem()).isEqualTo("faults");
    }

    private static List<Loss> ofMobile(Workbench.Lost lost) {
        return lost.losses().stream()
                .filter(loss -> loss.field().equals("document.applicant.mobile"))
                .toList();
    }

    /** Loops, growth at once and by halves, parts that hold themselves, deep calls, lists in lists. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "($f := function($n) { $n > 0 ? $f($n - 1) + $f($n - 1) : 1 }; $string($f(60)))",
                "($f := function($n) { $f($n + 1) }; $f(1))",
                "$pad(\"x\", 2000000000)",
                "$join($map([1..9999999], function($x) { \"xxxxxxxxxx\" }))",
                "($f := function($s, $n) { $n = 0 ? $s : $f($s & $s, $n - 1) }; $f(\"测\", 60))",
                "($f := function($s, $n) { $n = 0 ? $s : $f([$s, $s], $n - 1) }; $count($f([1], 40)))",
                "$replace($pad(\"\", 100000, \"a\"), \"a\", $pad(\"\", 100000, \"b\"))"
            })
    void isNotStalledByAnExpression(String expression) {
        String text = BENCH.text(PARTNER, OUT)
                .replace(PURPOSE, "  - {target: purpose, expression: '%s'}\n".formatted(expression));

        Trial trial;
        try (Workbench bench = new Workbench(() -> FOLDER, FOLDER, MAPPINGS, CATALOGUE, PATIENCE)) {
            long began = System.nanoTime();
            trial = bench.translate(draft(OUT, "online", text));
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(PATIENCE.multipliedBy(3));
        }

        assertThat(trial.target()).as("of %s", expression).isEmpty();
        assertThat(trial.rows().stream().anyMatch(Trial.Row::isBad)
                        || !trial.outcome().isEmpty()
                        || !trial.problem().isEmpty())
                .isTrue();
    }

    /** Nothing can end one that tries all ways through a text. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "$contains(\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!\", /^(a+)+$/)",
                "$split(document.form.purpose,/(a|aa)+$/)",
                "true and /x/(\"x\")"
            })
    void triesNoRegularExpression(String expression) {
        String text = BENCH.text(PARTNER, OUT)
                .replace(PURPOSE, "  - {target: purpose, expression: '%s'}\n".formatted(expression));

        List<Fault> faults = BENCH.translate(draft(OUT, "online", text)).faults();

        assertThat(faults)
                .filteredOn(fault -> fault.line() == lineOf(text, "target: purpose"))
                .singleElement()
                .satisfies(fault -> assertThat(fault.reason()).startsWith("a regular expression"));
    }

    @Test
    void dividesNumbers() {
        String text = BENCH.text(PARTNER, OUT)
                .replace(
                        PURPOSE,
                        "  - {target: purpose, expression: '$string((4 + 2) / 3) & \"/\" & $string(8 / $count([1, 2]))'}\n");

        assertThat(row(BENCH.translate(draft(OUT, "online", text)), "purpose")
                        .did()
                        .result())
                .isEqualTo("2/4");
    }

    @Test
    void goesOnAfterATrialThatWasStopped() {
        String text = BENCH.text(PARTNER, OUT)
                .replace(PURPOSE, "  - {target: purpose, expression: '($f := function($n) { $f($n + 1) }; $f(1))'}\n");

        BENCH.translate(draft(OUT, "online", text));

        assertThat(BENCH.translate(draft(OUT, "online", BENCH.text(PARTNER, OUT)))
                        .target())
                .isNotEmpty();
    }

    @Test
    void isNotStalledByListsInLists() {
        String each = "{target: a, each: document.materials, rows: [%s]}";
        String rows = "{target: a, source: item.name}";
        for (int depth = 0; depth < 30; depth++) {
            rows = each.formatted(rows);
        }
        String text = BENCH.text(PARTNER, OUT).replace(PURPOSE, "  - " + rows + "\n");

        Trial trial = BENCH.translate(draft(OUT, "online", text));

        assertThat(trial.outcome() + trial.problem()).isNotEmpty();
        assertThat(trial.target()).isEmpty();
    }

    @Test
    void refusesWhatIsTooLarge() {
        assertThat(BENCH.translate(draft(OUT, "online", "x".repeat(Draft.LARGEST + 1)))
                        .problem())
                .isEqualTo("large");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "[]", "{\"a\": 1, \"a\": 2}", "1"})
    void saysThatASourceCannotBeRead(String source) {
        Sample sample = new Sample(source, "", false, Examples.DAY);

        Trial trial = BENCH.translate(new Draft(PARTNER, OUT, BENCH.text(PARTNER, OUT), sample));

        assertThat(trial.problem()).isEqualTo("source");
        assertThat(trial.detail()).isNotEmpty();
    }

    /** Whatever format a partner speaks. */
    @Test
    void readsEveryMappingWithItsExamples() {
        for (String partner : MAPPINGS.partners()) {
            for (String mapping : MAPPINGS.names(partner)) {
                String name = BENCH.samples().names(partner, mapping).get(0);
                Sample sample = BENCH.samples().find(partner, mapping, name).orElseThrow();
                Trial trial = BENCH.translate(new Draft(partner, mapping, BENCH.text(partner, mapping), sample));
                assertThat(trial.faults())
                        .as("%s/%s %s", partner, mapping, name)
                        .isEmpty();
                assertThat(trial.problem())
                        .as("%s/%s %s", partner, mapping, name)
                        .isEmpty();
                assertThat(trial.examples()).as("%s/%s", partner, mapping).allMatch(Trial.Example::isSame);
            }
        }
    }

    /** An example that is shown as text is read as it is read from its file, also in a partner's own charset. */
    @Test
    void showsExamplesInLettersWhateverTheirCharset() {
        Sample answer = BENCH.samples().find("health", IN, "done").orElseThrow();
        Sample application = BENCH.samples().find("health", OUT, "counter").orElseThrow();

        assertThat(answer.text()).containsPattern("\\p{IsHan}").doesNotContain("\uFFFD");
        assertThat(BENCH.translate(new Draft("health", OUT, BENCH.text("health", OUT), application))
                        .target())
                .containsPattern("\\p{IsHan}")
                .doesNotContain("\uFFFD");
    }

    private static Draft draft(String mapping, String example, String text) {
        Sample sample = BENCH.samples().find(PARTNER, mapping, example).orElseThrow();
        return new Draft(PARTNER, mapping, text, sample);
    }

    private static Trial.Row row(Trial trial, String target) {
        return trial.rows().stream()
                .filter(row -> row.did() != null && row.did().target().equals(target))
                .findFirst()
                .orElseThrow();
    }

    private static long lineOf(String text, String words) {
        return 1
                + text.substring(0, text.indexOf(words))
                        .chars()
                        .filter(letter -> letter == '\n')
                        .count();
    }
}
