package org.shuniu.incident;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import org.shuniu.document.CaseTimes;

/**
 * When only what is urgent wakes somebody.
 *
 * @param to not included; on the next day when it is not after {@code from}
 */
record QuietHours(LocalTime from, LocalTime to) {

    static final QuietHours NONE = new QuietHours(LocalTime.MIDNIGHT, LocalTime.MIDNIGHT);

    /** @throws java.time.format.DateTimeParseException for what is no time */
    static QuietHours of(String from, String to) {
        return from.isEmpty() && to.isEmpty() ? NONE : new QuietHours(LocalTime.parse(from), LocalTime.parse(to));
    }

    /** The first time from this one on that is not quiet. */
    Instant after(Instant at) {
        LocalDateTime here = LocalDateTime.ofInstant(at, CaseTimes.SHANGHAI);
        if (!covers(here.toLocalTime())) {
            return at;
        }
        LocalDateTime end = here.toLocalDate().atTime(to);
        return (end.isAfter(here) ? end : end.plusDays(1))
                .atZone(CaseTimes.SHANGHAI)
                .toInstant();
    }

    private boolean covers(LocalTime time) {
        if (from.equals(to)) {
            return false;
        }
        return from.isBefore(to)
                ? !time.isBefore(from) && time.isBefore(to)
                : !time.isBefore(from) || time.isBefore(to);
    }
}
