package org.shuniu.mapping;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.Locale;
import org.shuniu.document.CaseTimes;

/**
 * One way to write a date or time, always Shanghai's: {@code hub} (GB/T 39046's three forms on reading, {@code
 * YYYYMMDDThhmmss} on writing), {@code hub-date} ({@code YYYYMMDD}), {@code iso} with offset, or a Java pattern.
 */
final class DatePattern {

    private static final ZoneId CITY = ZoneId.of("Asia/Shanghai");
    private static final DateTimeFormatter HUB = formatter("uuuuMMdd'T'HHmmss");
    private static final DateTimeFormatter HUB_DIGITS = formatter("uuuuMMddHHmmss");
    private static final DateTimeFormatter HUB_DATE = formatter("uuuuMMdd");

    private final String name;
    private final DateTimeFormatter formatter;

    private DatePattern(String name, DateTimeFormatter formatter) {
        this.name = name;
        this.formatter = formatter;
    }

    /** @throws IllegalArgumentException when it is no pattern, or names a day by its week or by its number in the year */
    static DatePattern of(String name) {
        if (CaseTimes.isOfWeekOrYear(name)) {
            throw new IllegalArgumentException("a year is yyyy and a day dd, not YYYY or DD");
        }
        return switch (name) {
            case "hub" -> new DatePattern(name, HUB);
            case "hub-date" -> new DatePattern(name, HUB_DATE);
            case "iso" -> new DatePattern(name, DateTimeFormatter.ISO_OFFSET_DATE_TIME);
            // "yyyy" is a year of an era, which strict reading refuses; everyone means "uuuu".
            default -> new DatePattern(name, formatter(name.replace("yyyy", "uuuu")));
        };
    }

    LocalDateTime read(String text) {
        if (name.equals("hub")) {
            String digits = text.replace("T", "").replace(":", "");
            return digits.length() == 8
                    ? LocalDate.parse(digits, HUB_DATE).atStartOfDay()
                    : LocalDateTime.parse(digits, HUB_DIGITS);
        }
        if (name.equals("iso")) {
            return OffsetDateTime.parse(text).atZoneSameInstant(CITY).toLocalDateTime();
        }
        return local(formatter.parse(text));
    }

    private static LocalDateTime local(TemporalAccessor found) {
        LocalDate day = found.query(TemporalQueries.localDate());
        if (day == null) {
            throw new DateTimeException("no date");
        }
        return found.query(TemporalQueries.localTime()) == null ? day.atStartOfDay() : LocalDateTime.from(found);
    }

    String write(LocalDateTime time) {
        return formatter.format(time.atZone(CITY));
    }

    private static DateTimeFormatter formatter(String pattern) {
        return DateTimeFormatter.ofPattern(pattern, Locale.ROOT).withResolverStyle(ResolverStyle.STRICT);
    }

    @Override
    public String toString() {
        return name;
    }
}
