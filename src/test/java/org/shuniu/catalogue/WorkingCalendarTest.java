package org.shuniu.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.shuniu.catalogue.WorkingCalendar.Day;

class WorkingCalendarTest {

    private final WorkingCalendar calendar = Catalogue.load(Path.of("mappings")).calendar();

    @ParameterizedTest
    @CsvSource({
        "2026-11-24, WORKING",
        "2026-11-28, WEEKEND",
        "2026-10-01, HOLIDAY",
        "2026-10-10, WORKING",
        "2026-02-23, HOLIDAY",
        "2025-01-26, WORKING",
        "2025-10-08, HOLIDAY",
    })
    void correctsTheWeekdaysByTheYearsNotice(LocalDate date, Day day) {
        assertThat(calendar.day(date)).isEqualTo(day);
    }

    @ParameterizedTest
    @CsvSource({"2025, 248", "2026, 248"})
    void hasAsManyWorkingDaysAsTheNoticeLeaves(int year, int days) {
        long worked = IntStream.rangeClosed(1, LocalDate.of(year, 12, 31).getDayOfYear())
                .mapToObj(day -> LocalDate.ofYearDay(year, day))
                .filter(date -> calendar.day(date) == Day.WORKING)
                .count();

        assertThat(worked).isEqualTo(days);
    }

    @Test
    void knowsWhichYearsItHasANoticeOf() {
        assertThat(calendar.knows(2026)).isTrue();
        assertThat(calendar.knows(2031)).isFalse();
        assertThat(calendar.day(LocalDate.of(2031, 10, 1))).isEqualTo(Day.WORKING);
    }
}
