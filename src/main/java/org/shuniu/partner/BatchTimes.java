package org.shuniu.partner;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.shuniu.catalogue.WorkingCalendar;
import org.shuniu.catalogue.WorkingCalendar.Day;

/**
 * When a partner's batches are closed and sent, on the city's clocks.
 *
 * @param at times of the day; none means always: whatever waits is sent at the next look
 * @param workingDaysOnly whether rest days and holidays have no batch
 */
public record BatchTimes(List<LocalTime> at, boolean workingDaysOnly) {

    private static final int DAYS_SEARCHED = 30;

    public BatchTimes {
        at = at.stream().sorted().toList();
    }

    public static BatchTimes always() {
        return new BatchTimes(List.of(), false);
    }

    public boolean isAlways() {
        return at.isEmpty();
    }

    /** The latest time up to now; what was added before it belongs into a batch. */
    public Optional<LocalDateTime> latest(LocalDateTime now, WorkingCalendar calendar) {
        if (isAlways()) {
            return Optional.of(now);
        }
        return IntStream.range(0, DAYS_SEARCHED)
                .mapToObj(back -> now.toLocalDate().minusDays(back))
                .filter(day -> has(day, calendar))
                .flatMap(day -> at.stream().map(day::atTime).sorted(java.util.Comparator.reverseOrder()))
                .filter(time -> !time.isAfter(now))
                .findFirst();
    }

    /** The first time after now; now itself where batches are always sent. */
    public LocalDateTime next(LocalDateTime now, WorkingCalendar calendar) {
        if (isAlways()) {
            return now;
        }
        return IntStream.range(0, DAYS_SEARCHED)
                .mapToObj(now.toLocalDate()::plusDays)
                .filter(day -> has(day, calendar))
                .flatMap(day -> at.stream().map(day::atTime))
                .filter(time -> time.isAfter(now))
                .findFirst()
                .orElse(now.plusDays(DAYS_SEARCHED));
    }

    private boolean has(LocalDate day, WorkingCalendar calendar) {
        return !workingDaysOnly || calendar.day(day) == Day.WORKING;
    }
}
