package org.shuniu.document;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.util.Optional;
import java.util.regex.Pattern;

/** Times and dates as GB/T 39046 writes them: {@code 20261124T101500}, {@code 20261124101500}, {@code 2026112410:15:00}; all in Shanghai's time. */
public final class CaseTimes {
    public static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");

    private static final Pattern FORMS = Pattern.compile("[0-9]{8}(T[0-9]{6}|[0-9]{6}|[0-9]{2}:[0-9]{2}:[0-9]{2})");
    private static final Pattern DAY = Pattern.compile("[0-9]{8}");
    private static final DateTimeFormatter DATE = strict("uuuuMMdd");
    private static final DateTimeFormatter WRITTEN = strict("uuuuMMdd'T'HHmmss");

    /** Outside quotes. */
    private static final Pattern OF_WEEK_OR_YEAR = Pattern.compile("(?:[^']|'[^']*')*?[YD].*");

    private CaseTimes() {}

    /**
     * Whether a Java pattern has the year of a week ({@code Y}) or the number of a day in its year ({@code D}): whoever writes "YYYY" or
     * "DD" means the year and the day of the month, which are others on some days only.
     */
    public static boolean isOfWeekOrYear(String pattern) {
        return OF_WEEK_OR_YEAR.matcher(pattern).matches();
    }

    /** The time on Shanghai's clocks; empty when the text has none of the three forms or the day or hour does not exist. */
    public static Optional<LocalDateTime> parse(String text) {
        if (!FORMS.matcher(text).matches()) {
            return Optional.empty();
        }
        String digits = text.replace("T", "").replace(":", "");
        try {
            return Optional.of(LocalDateTime.of(
                    number(digits, 0, 4),
                    number(digits, 4, 6),
                    number(digits, 6, 8),
                    number(digits, 8, 10),
                    number(digits, 10, 12),
                    number(digits, 12, 14)));
        } catch (DateTimeException noSuchTime) {
            return Optional.empty();
        }
    }

    private static int number(String digits, int from, int to) {
        return Integer.parseInt(digits, from, to, 10);
    }

    /** The day of such a time. */
    public static Optional<LocalDate> day(String text) {
        return parse(text).map(LocalDateTime::toLocalDate);
    }

    public static Optional<OffsetDateTime> parseWithOffset(String text) {
        return parse(text).map(time -> time.atZone(SHANGHAI).toOffsetDateTime());
    }

    /** A day written {@code YYYYMMDD}; empty when it does not exist. */
    public static Optional<LocalDate> parseDate(String text) {
        if (!DAY.matcher(text).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(LocalDate.parse(text, DATE));
        } catch (DateTimeParseException noSuchDay) {
            return Optional.empty();
        }
    }

    /** Writes the form that most tables of the standard use, {@code YYYYMMDDThhmmss}. */
    public static String write(OffsetDateTime time) {
        return WRITTEN.format(time.atZoneSameInstant(SHANGHAI));
    }

    /** An RFC 3339 date-time with Shanghai's offset, seconds always included. */
    public static String dateTime(Instant moment) {
        return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(moment.atZone(SHANGHAI));
    }

    private static DateTimeFormatter strict(String pattern) {
        return DateTimeFormatter.ofPattern(pattern).withResolverStyle(ResolverStyle.STRICT);
    }
}
