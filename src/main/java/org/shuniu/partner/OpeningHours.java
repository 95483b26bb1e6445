package org.shuniu.partner;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.YearMonth;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.shuniu.catalogue.WorkingCalendar;
import org.shuniu.catalogue.WorkingCalendar.Day;

/**
 * When a partner takes messages, on the city's clocks.
 *
 * @param windows by kind of day; a window that passes midnight belongs to the day on which it begins
 * @param closures times without service whatever the day, stronger than any window
 * @param monthEnd the closing of the books each month, just as strong, or null
 */
public record OpeningHours(
        Map<Day, List<Window>> windows,
        List<Closure> closures,
        @Nullable MonthEnd monthEnd) {

    private static final int DAYS_SEARCHED = 400;
    private static final int YEAR_OF_YEARLY = 2000;

    /**
     * A time of one day.
     *
     * @param to not included; on the next day when it is not after {@code from}
     */
    record Window(LocalTime from, LocalTime to) {

        static final Window WHOLE_DAY = new Window(LocalTime.MIDNIGHT, LocalTime.MIDNIGHT);

        boolean covers(LocalDate day, LocalDateTime at) {
            return !at.isBefore(day.atTime(from)) && at.isBefore(end(day));
        }

        private LocalDateTime end(LocalDate day) {
            return to.isAfter(from) ? day.atTime(to) : day.plusDays(1).atTime(to);
        }
    }

    /**
     * A time without service.
     *
     * @param yearly whether it comes every year; its times are then those of the year 2000
     * @param to not included
     */
    record Closure(boolean yearly, LocalDateTime from, LocalDateTime to) {

        /** Its end, if it covers that time. */
        Optional<LocalDateTime> endAt(LocalDateTime at) {
            if (!yearly) {
                return end(at, 0);
            }
            int years = at.getYear() - YEAR_OF_YEARLY;
            return end(at, years).or(() -> end(at, years - 1));
        }

        private Optional<LocalDateTime> end(LocalDateTime at, int years) {
            boolean covers = !at.isBefore(from.plusYears(years)) && at.isBefore(to.plusYears(years));
            return covers ? Optional.of(to.plusYears(years)) : Optional.empty();
        }
    }

    /**
     * A time without service that begins on the last working day of each month.
     *
     * @param to not included; midnight ends that day, and null stands for the end of the month
     */
    record MonthEnd(LocalTime from, @Nullable LocalTime to) {

        /** Its end, if it covers that time. */
        Optional<LocalDateTime> endAt(LocalDateTime at, WorkingCalendar calendar) {
            return calendar.lastWorkingDay(YearMonth.from(at))
                    .filter(day -> !at.isBefore(day.atTime(from)))
                    .map(this::end)
                    .filter(at::isBefore);
        }

        private LocalDateTime end(LocalDate day) {
            if (to == null) {
                return YearMonth.from(day).plusMonths(1).atDay(1).atStartOfDay();
            }
            return to.equals(LocalTime.MIDNIGHT) ? day.plusDays(1).atStartOfDay() : day.atTime(to);
        }
    }

    private static final OpeningHours ALWAYS = new OpeningHours(
            Map.of(
                    Day.WORKING, List.of(Window.WHOLE_DAY),
                    Day.WEEKEND, List.of(Window.WHOLE_DAY),
                    Day.HOLIDAY, List.of(Window.WHOLE_DAY)),
            List.of(),
            null);

    public OpeningHours {
        windows = Map.copyOf(windows);
        closures = List.copyOf(closures);
    }

    public static OpeningHours always() {
        return ALWAYS;
    }

    /** Open all day, but for the times without service, which are agreed on whatever the day. */
    public OpeningHours allDay() {
        return new OpeningHours(ALWAYS.windows(), closures, monthEnd);
    }

    public boolean isAlways() {
        return equals(ALWAYS);
    }

    public boolean open(LocalDateTime at, WorkingCalendar calendar) {
        LocalDate day = at.toLocalDate();
        return closedUntil(at, calendar).isEmpty()
                && (covers(day, at, calendar) || covers(day.minusDays(1), at, calendar));
    }

    /** The first time from this one on at which the partner is open; nothing when there is none within 400 days. */
    public Optional<LocalDateTime> nextOpening(LocalDateTime from, WorkingCalendar calendar) {
        Optional<LocalDateTime> at = Optional.of(from);
        while (at.isPresent() && !open(at.get(), calendar)) {
            LocalDateTime closed = at.get();
            at = closedUntil(closed, calendar)
                    .or(() -> nextWindow(closed, calendar))
                    .filter(next -> next.isBefore(from.plusDays(DAYS_SEARCHED)));
        }
        return at;
    }

    private Optional<LocalDateTime> closedUntil(LocalDateTime at, WorkingCalendar calendar) {
        Stream<LocalDateTime> closedBooks =
                Stream.ofNullable(monthEnd).flatMap(closing -> closing.endAt(at, calendar).stream());
        return Stream.concat(closures.stream().flatMap(closure -> closure.endAt(at).stream()), closedBooks)
                .max(Comparator.naturalOrder());
    }

    private boolean covers(LocalDate day, LocalDateTime at, WorkingCalendar calendar) {
        return on(day, calendar).stream().anyMatch(window -> window.covers(day, at));
    }

    private Optional<LocalDateTime> nextWindow(LocalDateTime after, WorkingCalendar calendar) {
        return Stream.iterate(after.toLocalDate(), day -> day.plusDays(1))
                .limit(DAYS_SEARCHED)
                .flatMap(day -> on(day, calendar).stream()
                        .map(window -> day.atTime(window.from()))
                        .sorted())
                .filter(start -> start.isAfter(after))
                .findFirst();
    }

    private List<Window> on(LocalDate day, WorkingCalendar calendar) {
        return windows.getOrDefault(calendar.day(day), List.of());
    }
}
