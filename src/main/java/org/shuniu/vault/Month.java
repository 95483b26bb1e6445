package org.shuniu.vault;

import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/** Months in UTC by their number: 0 is January 1970. */
public final class Month {

    private static final YearMonth FIRST = YearMonth.of(1970, 1);

    private Month() {}

    public static int of(Instant time) {
        return (int) FIRST.until(YearMonth.from(time.atOffset(ZoneOffset.UTC)), ChronoUnit.MONTHS);
    }

    /** Such as {@code 2026-11}. */
    public static String name(int month) {
        return FIRST.plusMonths(month).toString();
    }

    /** The first moment after it. */
    public static Instant end(int month) {
        return FIRST.plusMonths(month + 1L)
                .atDay(1)
                .atStartOfDay(ZoneOffset.UTC)
                .toInstant();
    }
}
