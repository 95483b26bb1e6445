package org.shuniu.reconciliation;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import org.shuniu.document.CaseTimes;

/**
 * The day of a report, which ends with the time of the day at which a partner is counted.
 *
 * @param end when it ends
 */
record CountedDay(LocalDate day, Instant end) {

    /** The latest that is over. */
    static CountedDay over(LocalTime at, Instant now) {
        ZonedDateTime city = now.atZone(CaseTimes.SHANGHAI);
        LocalDate day = city.toLocalTime().isBefore(at) ? city.toLocalDate().minusDays(1) : city.toLocalDate();
        return of(day, at);
    }

    /** The one that a moment lies in. */
    static CountedDay at(LocalTime at, Instant now) {
        CountedDay over = over(at, now);
        return over.end().equals(now) ? over : of(over.day().plusDays(1), at);
    }

    private static CountedDay of(LocalDate day, LocalTime at) {
        return new CountedDay(day, day.atTime(at).atZone(CaseTimes.SHANGHAI).toInstant());
    }
}
