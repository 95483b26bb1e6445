package org.shuniu.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
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
        "from, 27.11.2026, reports.problem.day",
        "to, 2026-02-30, reports.problem.day",
        "to, +999999999-01-01, reports.problem.day",
        "from, 2027-01-01, reports.problem.order",
        "from, 2026-01-01, reports.problem.long-day",
        "period, year, reports.problem.unknown",
        "by, applicant, reports.problem.unknown",
        "department, nobody, reports.problem.unknown",
        "item, 312%, reports.problem.unknown",
        "centre, 00000000000, reports.problem.unknown",
        "province, grain, reports.problem.unknown"
    })
    void saysWhatItCannotReadAndGoesOn(String field, String value, String problem) {
        ReportForm.Asked asked = form.read(Map.of(field, value), ANYBODY, TODAY);

        assertThat(asked.problems())
                .singleElement()
                .satisfies(said -> assertThat(said.key()).isEqualTo(problem));
        assertThat(asked.question().from()).isBeforeOrEqualTo(asked.question().to());
    }

    @Test
    void leavesOutTheFirstOfTooMany() {
        ReportQuestion days =
                form.read(Map.of("from", "2026-01-01"), ANYBODY, TODAY).question();
        ReportQuestion months = form.read(Map.of("period", "month", "from", "2020-01-01"), ANYBODY, TODAY)
                .question();

        assertThat(days.from()).isEqualTo(TODAY.minusDays(30));
        assertThat(months.from()).isEqualTo(LocalDate.of(2024, 12, 1));
    }
}
