package org.shuniu.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class AllowedFieldsTest {

    private static final LocalDate DAY = LocalDate.of(2026, 11, 24);
    private static final String ITEM = "312000250000";
    private static final String BASIS = "目的,《中华人民共和国个人信息保护法》第三十四条";
    private static final JsonNode ENVELOPE = Source.MAPPER.readTree("""
            {"message": {"id": "1", "extra": "x"}, "case": {"caseNo": "2", "responsible": "x"},
             "document": {"extra": "x",
              "applicant": {"name": "测试甲", "sex": "1", "extra": "x", "mobile": {"hidden": "x"}},
              "form": {"remark": {"any": ["示例"]}, "other": "x"},
              "materials": [{"name": "一", "source": "0"}, {"source": "1", "attachment": {"name": "x"}}]}}""");

    @TempDir
    Path folder;

    @Test
    void keepsOnlyWhatIsDeclared() throws IOException {
        AllowedFields allowed = read("message.id,*,%1$s,,\ncase.caseNo,*,%1$s,,\ndocument.applicant.name,*,%1$s,,\n");

        assertThat(allowed.filter(ENVELOPE, ITEM, DAY)).isEqualTo(Source.MAPPER.readTree("""
                {"message": {"id": "1"}, "case": {"caseNo": "2"}, "document": {"applicant": {"name": "测试甲"}}}"""));
    }

    /** The schema knows no parts of a telephone number, and nothing of what a sender adds. */
    @Test
    void aPlaceWithPartsStandsForThoseThatTheSchemasKnow() throws IOException {
        assertThat(read("document.applicant,*,%1$s,,\n").filter(ENVELOPE, ITEM, DAY))
                .isEqualTo(Source.MAPPER.readTree("""
                        {"document": {"applicant": {"name": "测试甲", "sex": "1"}}}"""));
    }

    @Test
    void aFieldOfAnItemLeavesWithWhateverStandsInIt() throws IOException {
        assertThat(read("document.form.remark,*,%1$s,,\n").filter(ENVELOPE, ITEM, DAY))
                .isEqualTo(Source.MAPPER.readTree("""
                        {"document": {"form": {"remark": {"any": ["示例"]}}}}"""));
    }

    @Test
    void elementsKeepTheirNumbers() throws IOException {
        assertThat(read("document.materials.name,*,%1$s,,\n").filter(ENVELOPE, ITEM, DAY))
                .isEqualTo(Source.MAPPER.readTree("""
                        {"document": {"materials": [{"name": "一"}, {}]}}"""));
    }

    @ParameterizedTest
    @CsvSource({
        "312000250000, 2026-11-24, true",
        "312000374000, 2026-11-24, false",
        "'',           2026-11-24, false",
        "312000250000, 2026-11-23, false",
        "312000250000, 2026-11-30, true",
        "312000250000, 2026-12-01, false",
    })
    void aLineHoldsForItsItemsAndDays(String item, LocalDate day, boolean leaves) throws IOException {
        AllowedFields allowed =
                read("case.caseNo,312000250000|312000660000,%1$s,2026-11-24,2026-11-30\nmessage.id,*,%1$s,,\n");

        assertThat(allowed.filter(ENVELOPE, item, day).has("case")).isEqualTo(leaves);
        assertThat(allowed.filter(ENVELOPE, item, day).has("message")).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "case.caseNo,*,x,,,                              | no legal basis",
                "case.caseNo,*,x,as usual,,                      | a basis that can't be looked up",
                "case.caseNo,*,,协议 1,,                          | no purpose",
                "case.caseNr,*,x,协议 1,,                         | no place of what is written for this partner",
                "case,*,x,协议 1,,                                | no place of what is written for this partner",
                "document.form,*,x,协议 1,,                       | all fields of all items",
                "document.aplicant,*,x,协议 1,,                   | no place of what is written for this partner",
                "case.caseNo,all,x,协议 1,,                       | no codes of items",
                "case.caseNo,*,x,协议 1,soon,                     | no date",
                "case.caseNo,*,x,协议 1,2026-02-01,2026-01-01     | valid_to before valid_from",
                "case.caseNo,*,x,协议 1                           | 4 values",
                "case..caseNo,*,x,协议 1,,                        | no path",
            })
    void saysWhatIsWrongWithALine(String line, String reason) throws IOException {
        Faults faults = new Faults(folder);

        assertThat(read(line + "\n", faults).given()).isFalse();

        assertThat(faults.found()).anySatisfy(fault -> {
            assertThat(fault.line()).isEqualTo(2);
            assertThat(fault.reason()).contains(reason);
            assertThat(fault.cure()).isNotBlank();
        });
    }

    @Test
    void twoLinesAllowOneFieldOnlyForOtherItemsOrDays() throws IOException {
        Faults faults = new Faults(folder);

        read("""
                case.caseNo,312000250000,%1$s,,2026-01-31
                case.caseNo,312000250000,%1$s,2026-02-01,
                case.caseNo,312000374000,%1$s,,
                case.caseNo,*,%1$s,2027-01-01,
                """, faults);

        assertThat(faults.found()).singleElement().satisfies(fault -> {
            assertThat(fault.line()).isEqualTo(5);
            assertThat(fault.reason()).isEqualTo("declared twice, in line 3 too");
        });
    }

    private AllowedFields read(String lines) throws IOException {
        Faults faults = new Faults(folder);
        AllowedFields read = read(lines, faults);
        assertThat(faults.found()).isEmpty();
        return read;
    }

    private AllowedFields read(String lines, Faults faults) throws IOException {
        Files.writeString(
                folder.resolve(AllowedFieldsFile.NAME),
                "field,items,purpose,basis,valid_from,valid_to\n" + lines.replace("%1$s", BASIS));
        return AllowedFieldsFile.read(
                folder, Set.of("application"), CanonicalPaths.load(Path.of("mappings/canonical")), faults);
    }
}
