package org.shuniu.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.shuniu.catalogue.Catalogue;
import org.shuniu.partner.PartnerDirectory;
import org.shuniu.report.ReportPeriod;
import org.shuniu.report.ReportQuestion;

class ReportFormTest {

    private static final LocalDate TODAY = LocalDate.of(2026, 11, 27);
    private static final ConsoleUser ANYBODY =
            new ConsoleUser("anybody", "", Set.of(Role.VIEWER), Set.of("mine"), true, null, false);

    @TempDir
    static Path directory;

    private static ReportForm form;

    @BeforeAll
    static void read() throws IOException {
        PartnerDirectory partners =
                PartnerDirectory.load(Files.createDirectories(directory.resolve("routes")), text -> text);
        form = new ReportForm(partners, Catalogue.load(Path.of("mappings")));
    }

    @Test
    void asksForTheLastDaysWhereNothingIsTyped() {
        ReportForm.Asked asked = form.read(Map.of(), ANYBODY, TODAY);

        assertThat(asked.problems()).isEmpty();
        assertThat(asked.question().period()).isEqualTo(ReportPeriod.DAY);
        assertThat(asked.question().from()).isEqualTo(TODAY.minusDays(13));
        assertThat(asked.question().to()).isEqualTo(TODAY);
        assertThat(asked.question().partners()).containsExactly("mine");
    }

    @Test
    void takesWhatIsKnownAndNone() {
        ReportForm.Asked asked = form.read(
                Map.of(
                        "period",
                        "month",
                        "from",
                        "2026-01-31",
                        "to",
                        "2026-11-01",
                        "by",
                        "item",
                        "item",
                        "312000250000",
                        "centre",
                        "31010100201",
                        "province",
                        "-"),
                ANYBODY,
                TODAY);

        assertThat(asked.problems()).isEmpty();
        assertThat(asked.question())
                .isEqualTo(new ReportQuestion(
                        ReportPeriod.MONTH,
                        LocalDate.of(2026, 1, 31),
                        LocalDate.of(2026, 11, 1),
                        ReportQuestion.By.ITEM,
                        null,
                        "312000250000",
                        "31010100201",
                        "",
                        Set.of("mine")));
    }

    @ParameterizedTest
    @CsvSource({
        "from, 27.11.2026, address.problem.from",
        "to, 2026-02-30, address.problem.to",
        "to, +999999999-01-01, address.problem.to",
        "from, 2027-01-01, address.problem.order",
        "from, 2026-01-01, reports.problem.long-day",
        "period, year, address.problem.period",
        "by, applicant, address.problem.by",
        "department, nobody, address.problem.department",
        "department, -, address.problem.department",
        "item, 312%, address.problem.item",
        "centre, 00000000000, address.problem.centre",
        "province, grain, address.problem.province",
        "departement, economy, address.problem.field"
    })
    void saysWhatItCannotRead(String field, String value, String problem) {
        ReportForm.Asked asked = form.read(Map.of(field, value), ANYBODY, TODAY);

        assertThat(asked.problems())
                .singleElement()
                .satisfies(said -> assertThat(said.key()).isEqualTo(problem));
        assertThat(asked.question().from()).isBeforeOrEqualTo(asked.question().to());
    }

    @Test
    void saysOfMonthsThatThereAreTooMany() {
        assertThat(form.read(Map.of("period", "month", "from", "2020-01-01"), ANYBODY, TODAY)
                        .problems())
                .containsExactly(new AddressFields.Problem("reports.problem.long-month", List.of("83", 24)));
    }

    @Test
    void complainsOfNothingThatFollowsFromAnotherMistake() {
        assertThat(form.read(Map.of("from", "2026-01-01", "to", "2026-01-32", "lang", "en"), ANYBODY, TODAY)
                        .problems())
                .containsExactly(new AddressFields.Problem("address.problem.to", List.of("2026-01-32")));
    }
}
