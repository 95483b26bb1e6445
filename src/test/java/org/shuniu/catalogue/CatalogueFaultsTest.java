package org.shuniu.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.shuniu.catalogue.FaultyCatalogue.Fault;

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
                .extracting(Fault::file, Fault::column)
                .contains(
                        tuple("items.csv", "handle_code"),
                        tuple("centres.csv", "kind"),
                        tuple("sex.csv", "valid_from"));
    }

    @Test
    void namesFileLineColumnKindAndWhatWasExpected() throws IOException {
        replace("sex.csv", "2,女,Female,known,2018-01-01", "2,女,Female,known,yesterday");

        FaultyCatalogue faulty = load();

        assertThat(faulty)
                .hasMessageContaining("sex.csv line 4, column valid_from: found text of 9 characters, expected a date")
                .hasMessageNotContaining("yesterday");
    }

    @Test
    void refusesAnItemWithoutADepartmentOnOneOfItsDays() throws IOException {
        replace("routing.csv", "312000377000,YB,made-up,2019-01-01", "312000377000,YB,made-up,2019-01-02");

        assertThat(faults())
                .singleElement()
                .satisfies(it -> assertThat(it.file() + " " + it.column()).isEqualTo("items.csv item_code"));
    }

    @Test
    void refusesTwoDepartmentsForOneItemOnTheSameDay() throws IOException {
        replace("routing.csv", "312000377000,RS,made-up,2018-01-01,2018-12-31", "312000377000,RS,made-up,2018-01-01,");

        assertThat(faults()).extracting(Fault::file).containsOnly("routing.csv");
    }

    @Test
    void refusesADepartmentThatIsNotInForce() throws IOException {
        replace("routing.csv", "312000250000,JX,made-up,2018-01-01,", "312000250000,GJ,made-up,2018-01-01,");

        assertThat(faults()).singleElement().extracting(Fault::column).isEqualTo("department");
    }

    @Test
    void namesTheLineOfARouteForAnItemThatIsNone() throws IOException {
        replace("routing.csv", "312000250000,JX", "312000250001,JX");

        assertThat(faults())
                .extracting(Fault::file, Fault::column)
                .containsExactlyInAnyOrder(tuple("items.csv", "item_code"), tuple("routing.csv", "item_code"));
        assertThat(faults()).allSatisfy(it -> assertThat(it.line()).isGreaterThan(1));
    }

    @Test
    void refusesADayThatStandsTwiceAndAWeekdayThatIsWorkedAnyway() throws IOException {
        replace("calendar.csv", "2026-05-09,shifted-working-day", "2026-05-08,shifted-working-day");
        replace("calendar.csv", "2026-05-02,holiday", "2026-05-01,holiday");

        assertThat(faults())
                .extracting(Fault::file, Fault::column)
                .containsExactlyInAnyOrder(tuple("calendar.csv", "kind"), tuple("calendar.csv", "date"));
    }

    @Test
    void refusesDriftOfWhatIsNoCodeAndDriftThatNothingIsSaidToMeet() throws IOException {
        replace("code-variants.csv", "id card type,111,a,", "id card type,110,a,");
        replace("division-drift.csv", "housing/district", "everybody");
        replace("id-types.csv", "[HM][0-9]{8}", "[HM[0-9]{8}");

        assertThat(faults())
                .extracting(Fault::file, Fault::column)
                .containsExactlyInAnyOrder(
                        tuple("code-variants.csv", "standard_code"),
                        tuple("division-drift.csv", "met_by"),
                        tuple("id-types.csv", "number_format"));
    }

    @Test
    void refusesALineWithTooFewFields() throws IOException {
        replace("sex.csv", "2,女,Female,known,2018-01-01,", "2,女");

        assertThat(faults()).singleElement().extracting(Fault::found).isEqualTo("2 fields");
    }

    @Test
    void refusesAMissingFileAMissingColumnAndAnotherCharset() throws IOException {
        Files.delete(file("marital.csv"));
        replace("ethnic.csv", "name_zh", "name");
        Files.write(file("sex.csv"), Files.readString(file("sex.csv")).getBytes(Charset.forName("GB18030")));

        assertThat(faults()).extracting(Fault::file).contains("marital.csv", "ethnic.csv", "sex.csv");
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
