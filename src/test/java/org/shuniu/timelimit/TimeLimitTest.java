package org.shuniu.timelimit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.shuniu.catalogue.Catalogue;
import org.shuniu.catalogue.WorkingCalendar;

class TimeLimitTest {

    private static final WorkingCalendar CALENDAR =
            Catalogue.load(Path.of("mappings")).calendar();

    /** The week before the National Day holiday of 2026; the holiday and its shifted days are in the calendar. */
    private static final LocalDate MONDAY = LocalDate.of(2026, 9, 21);

    @Test
    void endsOnTheLastPromisedWorkingDay() {
        TimeLimit limit = TimeLimit.begin("1", 3, MONDAY, CALENDAR);

        assertThat(limit.dueOn()).isEqualTo(MONDAY.plusDays(3));
        assertThat(limit.left(MONDAY, CALENDAR)).isEqualTo(3);
        assertThat(limit.left(MONDAY.plusDays(3), CALENDAR)).isZero();
    }

    @Test
    void countsNoHolidayAndNoWeekendButTheShiftedWorkingDays() {
        LocalDate before = LocalDate.of(2026, 9, 30);
        LocalDate due = TimeLimit.begin("1", 1, before, CALENDAR).dueOn();

        assertThat(CALENDAR.day(due)).isEqualTo(WorkingCalendar.Day.WORKING);
        assertThat(before.plusDays(1).datesUntil(due))
                .allSatisfy(day -> assertThat(CALENDAR.day(day)).isNotEqualTo(WorkingCalendar.Day.WORKING));
        assertThat(due).isAfter(LocalDate.of(2026, 10, 6));
    }

    @Test
    void givesBackWhatWasLeftWhenTheClockGoesOn() {
        TimeLimit stopped =
                TimeLimit.begin("1", 5, MONDAY, CALENDAR).moved(CaseClock.STANDS, MONDAY.plusDays(2), CALENDAR);

        assertThat(stopped.left(MONDAY.plusDays(30), CALENDAR)).isEqualTo(3);

        LocalDate later = LocalDate.of(2026, 11, 2);
        TimeLimit goesOn = stopped.moved(CaseClock.RUNS, later, CALENDAR);
        assertThat(goesOn.dueOn()).isEqualTo(later.plusDays(3));
        assertThat(goesOn.stoppedOn()).isNull();
    }

    @Test
    void stopsOnceAndEndsOnce() {
        TimeLimit limit = TimeLimit.begin("1", 5, MONDAY, CALENDAR);
        TimeLimit stopped = limit.moved(CaseClock.STANDS, MONDAY.plusDays(1), CALENDAR);
        TimeLimit ended = limit.moved(CaseClock.ENDS, MONDAY.plusDays(1), CALENDAR);

        assertThat(stopped.moved(CaseClock.STANDS, MONDAY.plusDays(4), CALENDAR))
                .isEqualTo(stopped);
        assertThat(ended.moved(CaseClock.ENDS, MONDAY.plusDays(4), CALENDAR)).isEqualTo(ended);
    }

    @Test
    void countsNoDayAfterTheClockStoppedWhenTheCaseEndsWithoutGoingOn() {
        TimeLimit ended = TimeLimit.begin("1", 5, MONDAY, CALENDAR)
                .moved(CaseClock.STANDS, MONDAY.plusDays(1), CALENDAR)
                .moved(CaseClock.ENDS, MONDAY.plusDays(4), CALENDAR);

        assertThat(ended.left(MONDAY.plusDays(30), CALENDAR)).isEqualTo(4);
        assertThat(ended.used(MONDAY.plusDays(4), CALENDAR)).isEqualTo(1);
    }

    @Test
    void staysOverWhenItWasOverBeforeTheClockStopped() {
        TimeLimit late = TimeLimit.begin("1", 1, MONDAY, CALENDAR)
                .moved(CaseClock.STANDS, MONDAY.plusDays(2), CALENDAR)
                .moved(CaseClock.RUNS, MONDAY.plusDays(3), CALENDAR);

        assertThat(late.dueOn()).isEqualTo(MONDAY.plusDays(1));
        assertThat(late.left(MONDAY.plusDays(3), CALENDAR)).isEqualTo(-2);
    }
}
