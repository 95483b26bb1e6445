package org.shuniu.catalogue;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Says which days are worked: the weekdays, corrected by the State Council's notice of each year (holidays, and weekend
 * days that are worked for them).
 *
 * <p>A year without a notice has its weekends and nothing else; {@link #knows} tells such years apart.
 */
public final class WorkingCalendar {

    /** What a day is to an office. */
    public enum Day {
        WORKING,
        WEEKEND,
        HOLIDAY
    }

    /** How the calendar changes a day. */
    enum Change {
        HOLIDAY,
        SHIFTED_WORKING_DAY
    }

    private static final Set<DayOfWeek> WEEKEND = Set.of(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY);

    private volatile Map<LocalDate, Change> changes;

    WorkingCalendar(Map<LocalDate, Change> changes) {
        this.changes = Map.copyOf(changes);
    }

    /** From here on it says what another says. */
    void follow(WorkingCalendar next) {
        changes = next.changes;
    }

    /** As it is now, whatever it follows later. */
    public WorkingCalendar asNow() {
        return new WorkingCalendar(changes);
    }

    /** The same as it was before the notice of that year. */
    public WorkingCalendar without(int year) {
        return new WorkingCalendar(changes.entrySet().stream()
                .filter(change -> change.getKey().getYear() != year)
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
    }

    /** Whether every day is the same in both. */
    public boolean isSame(WorkingCalendar other) {
        return changes.equals(other.changes);
    }

    public Day day(LocalDate date) {
        Change change = changes.get(date);
        if (change != null) {
            return change == Change.HOLIDAY ? Day.HOLIDAY : Day.WORKING;
        }
        return isWeekend(date) ? Day.WEEKEND : Day.WORKING;
    }

    /** The last of so many working days that follow a day; the day itself when there are none. */
    public LocalDate after(LocalDate from, int workingDays) {
        LocalDate day = from;
        for (int left = workingDays; left > 0; left--) {
            do {
                day = day.plusDays(1);
            } while (day(day) != Day.WORKING);
        }
        return day;
    }

    /** The last working day of a month; nothing where it has none. */
    public Optional<LocalDate> lastWorkingDay(YearMonth month) {
        return Stream.iterate(month.atEndOfMonth(), day -> day.minusDays(1))
                .limit(month.lengthOfMonth())
                .filter(day -> day(day) == Day.WORKING)
                .findFirst();
    }

    /** How many working days follow {@code from} up to {@code to}; below 0 when {@code to} is the earlier. */
    public int between(LocalDate from, LocalDate to) {
        if (to.isBefore(from)) {
            return -between(to, from);
        }
        return (int) from.datesUntil(to.plusDays(1))
                .skip(1)
                .filter(day -> day(day) == Day.WORKING)
                .count();
    }

    /** Whether the notice of that year is in the calendar. */
    public boolean knows(int year) {
        return changes.keySet().stream().anyMatch(day -> day.getYear() == year);
    }

    /** Of this year, and in December of the next as well, those whose notices are missing. */
    public IntStream yearsMissing(LocalDate today) {
        return IntStream.of(today.getYear(), today.plusMonths(1).getYear())
                .distinct()
                .filter(year -> !knows(year));
    }

    static boolean isWeekend(LocalDate date) {
        return WEEKEND.contains(date.getDayOfWeek());
    }
}
