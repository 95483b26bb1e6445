package org.shuniu.catalogue;

import java.time.Duration;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.shuniu.fault.Fault;

/** One line of a catalogue file; reading a column of the wrong kind records a fault and goes on with a stand-in. */
final class Row {
    private static final Pattern DURATION = Pattern.compile("(?:([0-9]{1,4})([smhd]))?");

    private static final int LONGEST_SHOWN = 60;

    private final String file;
    private final long line;
    private final Map<String, String> columns;
    private final List<Fault> faults;

    Row(String file, long line, Map<String, String> columns, List<Fault> faults) {
        this.file = file;
        this.line = line;
        this.columns = columns;
        this.faults = faults;
    }

    Map<String, String> columns() {
        return columns;
    }

    String text(String column) {
        return columns.getOrDefault(column, "");
    }

    String name(String column) {
        return required(column, !text(column).isBlank(), "a name");
    }

    String code(String column, Pattern pattern) {
        return required(column, pattern.matcher(text(column)).matches(), "a code by the pattern " + pattern);
    }

    /** What numbers of such a kind look like; the column may be empty or missing. */
    void pattern(String column) {
        try {
            Pattern.compile(text(column));
        } catch (PatternSyntaxException broken) {
            fault(column, "a regular expression");
        }
    }

    int wholeNumber(String column) {
        boolean whole = text(column).matches("[0-9]{1,4}");
        required(column, whole, "a whole number");
        return whole ? Integer.parseInt(text(column)) : 0;
    }

    boolean yes(String column) {
        return required(column, text(column).matches("yes|no"), "yes or no").equals("yes");
    }

    <E extends Enum<E>> E oneOf(String column, Class<E> type) {
        for (E value : type.getEnumConstants()) {
            if (word(value).equals(text(column))) {
                return value;
            }
        }
        List<String> words =
                List.of(type.getEnumConstants()).stream().map(Row::word).toList();
        fault(column, "one of " + words);
        return type.getEnumConstants()[0];
    }

    /** Such as 15m, 2h or 3d; none where the column is empty. */
    Duration duration(String column) {
        Matcher duration = DURATION.matcher(code(column, DURATION));
        if (!duration.matches() || duration.group(1) == null) {
            return Duration.ZERO;
        }
        return switch (duration.group(2)) {
            case "s" -> Duration.ofSeconds(Long.parseLong(duration.group(1)));
            case "m" -> Duration.ofMinutes(Long.parseLong(duration.group(1)));
            case "h" -> Duration.ofHours(Long.parseLong(duration.group(1)));
            default -> Duration.ofDays(Long.parseLong(duration.group(1)));
        };
    }

    LocalDate validFrom() {
        return date("valid_from");
    }

    LocalDate validTo() {
        if (text("valid_to").isEmpty()) {
            return LocalDate.MAX;
        }
        LocalDate to = date("valid_to");
        required("valid_to", !to.isBefore(date("valid_from")), "a date not before valid_from");
        return to;
    }

    void fault(String column, String expected) {
        Fault fault = new Fault(file, line, column, "found " + shown(text(column)), expected);
        if (!faults.contains(fault)) {
            faults.add(fault);
        }
    }

    LocalDate date(String column) {
        try {
            return LocalDate.parse(text(column));
        } catch (DateTimeParseException notADate) {
            fault(column, "a date like 2019-01-31");
            return LocalDate.MIN;
        }
    }

    private String required(String column, boolean good, String expected) {
        if (!good) {
            fault(column, expected);
        }
        return text(column);
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static String shown(String value) {
        if (value.isEmpty()) {
            return "nothing";
        }
        return "'%s'".formatted(value.length() > LONGEST_SHOWN ? value.substring(0, LONGEST_SHOWN) + "…" : value);
    }
}
