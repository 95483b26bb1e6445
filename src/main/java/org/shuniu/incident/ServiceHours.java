package org.shuniu.incident;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.shuniu.catalogue.WorkingCalendar;
import org.shuniu.document.CaseTimes;
import org.shuniu.partner.OpeningHours;

/** Says whether a partner is open: whoever is closed is no incident. */
final class ServiceHours {

    private static final int SAMPLES = 30;

    private final Function<String, OpeningHours> hours;
    private final WorkingCalendar calendar;
    private final Clock clock;
    private final boolean kept;

    /** @param kept false where partners never close */
    ServiceHours(Function<String, OpeningHours> hours, WorkingCalendar calendar, Clock clock, boolean kept) {
        this.hours = hours;
        this.calendar = calendar;
        this.clock = clock;
        this.kept = kept;
    }

    /** Whether it is open, and has been for so long: what waited while it was closed is not late when it opens. */
    boolean openFor(String partner, Duration time) {
        Instant now = clock.instant();
        return IntStream.rangeClosed(0, SAMPLES)
                .mapToObj(sample -> now.minus(time.multipliedBy(sample).dividedBy(SAMPLES)))
                .allMatch(at -> open(partner, at));
    }

    private boolean open(String partner, Instant at) {
        return !kept || hours.apply(partner).open(LocalDateTime.ofInstant(at, CaseTimes.SHANGHAI), calendar);
    }
}
