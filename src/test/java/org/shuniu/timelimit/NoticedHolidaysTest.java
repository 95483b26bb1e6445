package org.shuniu.timelimit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.shuniu.catalogue.Catalogue;
import org.shuniu.catalogue.WorkingCalendar;
import org.shuniu.embedded.EmbeddedDatabase;
import org.shuniu.packaged.Workplace;
import org.shuniu.store.MigratedDatabase;
import org.shuniu.store.Pools;
import org.springframework.jdbc.core.JdbcTemplate;

/** The notice of 2027 comes when limits run that end after it begins. Its days are made up here. */
class NoticedHolidaysTest {

    private static final Clock DECEMBER = Clock.fixed(Instant.parse("2026-12-10T04:00:00Z"), ZoneOffset.UTC);
    private static final LocalDate ACCEPTED = LocalDate.of(2026, 11, 27);

    @TempDir
    static Path directory;

    private static EmbeddedDatabase server;
    private static Pools pools;
    private static JdbcTemplate sql;

    @BeforeAll
    static void start() {
        server = MigratedDatabase.start(directory.resolve("postgres"));
        pools = Pools.open(server.url("shuniu"), "postgres", "", 1, 1, 1);
        sql = pools.settlement().sql();
    }

    @AfterAll
    static void stop() {
        pools.close();
        server.close();
    }

    @Test
    void letsLastDaysFollowANoticeThatWasNotKnown() throws IOException {
        WorkingCalendar before = Catalogue.load(Path.of("mappings")).calendar();
        TimeLimit runs = TimeLimit.begin("runs", 30, ACCEPTED, before);
        TimeLimit stands =
                TimeLimit.begin("stands", 30, ACCEPTED, before).moved(CaseClock.STANDS, ACCEPTED.plusDays(5), before);
        TimeLimit stood = TimeLimit.begin("stood", 30, ACCEPTED, before)
                .moved(CaseClock.STANDS, ACCEPTED.plusDays(5), before)
                .moved(CaseClock.RUNS, ACCEPTED.plusDays(12), before);
        TimeLimit ended =
                TimeLimit.begin("ended", 30, ACCEPTED, before).moved(CaseClock.ENDS, ACCEPTED.plusDays(5), before);
        TimeLimit soon = TimeLimit.begin("soon", 10, ACCEPTED, before);
        for (TimeLimit limit : new TimeLimit[] {runs, stands, stood, ended, soon}) {
            sql.update(
                    "insert into time_limit (case_no, working_days, accepted_on, due_on, stopped_on, ended_on) values (?, ?, ?, ?, ?, ?)",
                    limit.caseNo(),
                    limit.workingDays(),
                    limit.acceptedOn(),
                    limit.dueOn(),
                    limit.stoppedOn(),
                    limit.endedOn());
        }
        assertThat(runs.dueOn()).isEqualTo(LocalDate.of(2027, 1, 8));
        assertThat(new TimeLimits(sql, Catalogue.load(Path.of("mappings")), DECEMBER).recount())
                .as("nothing is known yet")
                .isZero();

        TimeLimits noticed = new TimeLimits(sql, withHoliday("2027-01-01"), DECEMBER);

        assertThat(noticed.recount()).isEqualTo(2);
        assertThat(dueOn("runs")).isEqualTo(LocalDate.of(2027, 1, 11));
        assertThat(dueOn("stands")).isEqualTo(LocalDate.of(2027, 1, 11));
        assertThat(dueOn("stood")).isEqualTo(stood.dueOn());
        assertThat(dueOn("ended")).isEqualTo(ended.dueOn());
        assertThat(dueOn("soon")).isEqualTo(soon.dueOn());
        assertThat(noticed.recount()).as("what is right stays").isZero();
    }

    private static Catalogue withHoliday(String day) throws IOException {
        Path mappings = directory.resolve("mappings");
        Workplace.copy(Path.of("mappings/catalogue"), mappings.resolve("catalogue"), (file, text) -> text);
        Files.writeString(
                mappings.resolve("catalogue/calendar.csv"),
                day + ",holiday,元旦,New Year's Day,made-up\n",
                StandardOpenOption.APPEND);
        return Catalogue.load(mappings);
    }

    private static LocalDate dueOn(String caseNo) {
        return sql.queryForObject("select due_on from time_limit where case_no = ?", LocalDate.class, caseNo);
    }
}
