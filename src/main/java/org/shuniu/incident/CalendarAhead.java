package org.shuniu.incident;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.shuniu.catalogue.WorkingCalendar;
import org.shuniu.document.CaseTimes;

/**
 * Sees that the holidays of this year, or in December of the next, are not in the calendar: time limits are counted by weekends alone
 * then, and partners that keep working days count as open on holidays.
 */
final class CalendarAhead implements Watcher {

    private final WorkingCalendar calendar;
    private final Clock clock;

    CalendarAhead(WorkingCalendar calendar, Clock clock) {
        this.calendar = calendar;
        this.clock = clock;
    }

    @Override
    public Set<IncidentKind> kinds() {
        return Set.of(IncidentKind.CALENDAR);
    }

    @Override
    public Duration every() {
        return Duration.ofMinutes(10);
    }

    @Override
    public List<Condition> look(Instant now) {
        LocalDate today = LocalDate.ofInstant(clock.instant(), CaseTimes.SHANGHAI);
        return calendar.yearsMissing(today)
                .limit(1)
                .mapToObj(year -> new Condition(IncidentKind.CALENDAR, null, null, 0, "hub")
                        .saying("no holidays of %d in mappings/catalogue/calendar.csv".formatted(year))
                        .next(LocalDate.of(year, 1, 1)
                                .atStartOfDay(CaseTimes.SHANGHAI)
                                .toInstant()))
                .toList();
    }
}
