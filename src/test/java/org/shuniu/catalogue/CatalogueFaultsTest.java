package org.shuniu.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.shuniu.fault.Fault;

class CatalogueFaultsTest {
    @TempDir
    private Path mappings;

    @BeforeEach
    void copyTheRealCatalogue() throws IOException {
        Files.createDirectory(mappings.resolve("catalogue"));
        try (Stream<Path> files = Files.list(Path.of("mappings/catalogue"))) {
            for (Path file : files.toList()) {
                Files.copy(file, mappings.resolve("catalogue").resolve(file.getFileName()));
            }
        }
    }

    @Test
    void reportsTheFaultsOfAllFilesTogether() throws IOException {
        replace("items.csv", "531200025000001", "not a code");
        replace("centres.csv", "31010100201,centre", "31010100201,palace");
        replace("sex.csv", "2,女,Female,known,2018-01-01", "2,女,Female,known,yesterday");

        assertThat(faults())
                .extracting(Fault::file, Fault::place)
                .contains(
                        tuple("items.csv", "handle_code"),
                        tuple("centres.csv", "kind"),
                        tuple("sex.csv", "valid_from"));
    }

    @Test
    void namesFileLineColumnValueAndWhatWasExpected() throws IOException {
        replace("sex.csv", "2,女,Female,known,2018-01-01", "2,女,Female,known,yesterday");

        FaultyCatalogue faulty = load();

        assertThat(faulty).hasMessageContaining("sex.csv:4: valid_from: found 'yesterday', expected a date");
    }

    @Test
    void refusesAnItemWithoutADepartmentOnOneOfItsDays() throws IOException {
        replace("routing.csv", "312000377000,YB,made-up,2019-01-01", "312000377000,YB,made-up,2019-01-02");

        assertThat(faults())
                .singleElement()
                .satisfies(it -> assertThat(it.file() + " " + it.place()).isEqualTo("items.csv item_code"));
    }

    @Test
    void refusesTwoDepartmentsForOneItemOnTheSameDay() throws IOException {
        replace("routing.csv", "312000377000,RS,made-up,2018-01-01,2018-12-31", "312000377000,RS,made-up,2018-01-01,");

        assertThat(faults()).extracting(Fault::file).containsOnly("routing.csv");
    }

    @Test
    void refusesADepartmentThatIsNotInForce() throws IOException {
        replace("routing.csv", "312000250000,JX,made-up,2018-01-01,", "312000250000,GJ,made-up,2018-01-01,");

        assertThat(faults()).singleElement().extracting(Fault::place).isEqualTo("department");
    }

    @Test
    void namesTheLineOfARouteForAnItemThatIsNone() throws IOException {
        replace("routing.csv", "312000250000,JX", "312000250001,JX");

        assertThat(faults())
                .extracting(Fault::file, Fault::place)
                .contains(tuple("items.csv", "item_code"), tuple("routing.csv", "item_code"));
        assertThat(faults()).allSatisfy(it -> assertThat(it.line()).isGreaterThan(1));
    }

    @Test
    void refusesADayThatStandsTwiceAndAWeekdayThatIsWorkedAnyway() throws IOException {
        replace("calendar.csv", "2026-05-09,shifted-working-day", "2026-05-08,shifted-working-day");
        replace("calendar.csv", "2026-05-02,holiday", "2026-05-01,holiday");

        assertThat(faults())
                .extracting(Fault::file, Fault::place)
                .containsExactlyInAnyOrder(tuple("calendar.csv", "kind"), tuple("calendar.csv", "date"));
    }

    @Test
    void refusesDriftOfWhatIsNoCodeAndDriftThatNothingIsSaidToMeet() throws IOException {
        replace("code-variants.csv", "id card type,111,a,", "id card type,110,a,");
        replace("division-drift.csv", "housing/district", "everybody");
        replace("id-types.csv", "[HM][0-9]{8}", "[HM[0-9]{8}");

        assertThat(faults())
                .extracting(Fault::file, Fault::place)
                .containsExactlyInAnyOrder(
                        tuple("code-variants.csv", "standard_code"),
                        tuple("division-drift.csv", "met_by"),
                        tuple("id-types.csv", "number_format"));
    }

    @Test
    void refusesALineWithTooFewFields() throws IOException {
        replace("sex.csv", "2,女,Female,known,2018-01-01,", "2,女");

        assertThat(faults()).singleElement().extracting(Fault::reason).isEqualTo("found 2 fields");
    }

    @Test
    void refusesAMissingFileAMissingColumnAndAnotherCharset() throws IOException {
        Files.delete(file("marital.csv"));
        replace("ethnic.csv", "name_zh", "name");
        Files.write(file("sex.csv"), Files.readString(file("sex.csv")).getBytes(Charset.forName("GB18030")));

        assertThat(faults()).extracting(Fault::file).contains("marital.csv", "ethnic.csv", "sex.csv");
    }

    @Test
    void refusesWhatIsAgreedWithARegionOnNothing() throws IOException {
        replace("region-items.csv", "jiangsu,312000088000,", "jiangsu,312000088001,");
        replace(
                "region-items.csv",
                "zhejiang,312000218000,CSJ312000218000,2,",
                "zhejiang,312000218000,CSJ312000218000,4,");
        replace("region-divisions.csv", "zhejiang,330112,330185", "zhejiang,391200,330185");

        assertThat(faults())
                .extracting(Fault::file, Fault::line, Fault::place)
                .containsExactlyInAnyOrder(
                        tuple("region-items.csv", 2L, "item_code"),
                        tuple("region-items.csv", lineOf("region-items.csv", "zhejiang,312000218000"), "ways"),
                        tuple("region-divisions.csv", lineOf("region-divisions.csv", "zhejiang,391200"), "division"));
    }

    @Test
    void refusesTwoCodesOfARegionForTheSameDay() throws IOException {
        replace("region-items.csv", "anhui,312000218000,CSJ312000218000", "anhui,312000218000,CSJ312000088000");
        replace(
                "region-divisions.csv",
                "jiangsu,320707,320707,codes: public; dates: made-up,2021-01-01",
                "jiangsu,320707,320707,codes: public; dates: made-up,2020-12-31");

        assertThat(faults())
                .extracting(Fault::file, Fault::place)
                .containsExactlyInAnyOrder(
                        tuple("region-items.csv", "region_code"), tuple("region-divisions.csv", "division"));
    }

    @Test
    void refusesOfficesThatCannotDecideTogether() throws IOException {
        replace("joint-items.csv", "312090039000,2,2,healthcare-security", "312090039000,1,2,health-care");

        assertThat(faults())
                .extracting(Fault::file, Fault::line, Fault::place)
                .containsExactlyInAnyOrder(
                        tuple("joint-items.csv", 3L, "office"), tuple("joint-items.csv", 3L, "part"));
    }

    @Test
    void needsNoAgreementWithAnyRegion() throws IOException {
        Files.delete(file("region-items.csv"));
        Files.delete(file("region-divisions.csv"));
        Files.delete(file("joint-items.csv"));

        assertThat(Catalogue.load(mappings).region("jiangsu").itemNamed("312000088000", LocalDate.of(2026, 11, 26)))
                .isPresent();
    }

    private long lineOf(String name, String beginning) throws IOException {
        List<String> lines = Files.readAllLines(file(name));
        return 1
                + lines.indexOf(lines.stream()
                        .filter(line -> line.startsWith(beginning))
                        .findFirst()
                        .orElseThrow());
    }

    private FaultyCatalogue load() {
        return catchThrowableOfType(FaultyCatalogue.class, () -> Catalogue.load(mappings));
    }

    private List<Fault> faults() {
        return load().faults();
    }

    private void replace(String name, String text, String by) throws IOException {
        String before = Files.readString(file(name));
        assertThat(before).contains(text);
        Files.writeString(file(name), before.replace(text, by), StandardCharsets.UTF_8);
    }

    private Path file(String name) {
        return mappings.resolve("catalogue").resolve(name);
    }
}
