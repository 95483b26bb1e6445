package org.shuniu.partner;

import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file's name, or its first or last line, such as {@code T{count:8}}: text with the places {@code number} (the batch's),
 * {@code count} (of rows), {@code date} and {@code time}; a width fills a number with zeros.
 */
public record LineTemplate(String text) {

    private static final Pattern PLACE = Pattern.compile("\\{([a-z]*)(?::(\\d{1,2}))?}");
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("uuuuMMdd");
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HHmmss");

    /** @throws IllegalArgumentException naming the place that is none */
    public LineTemplate {
        PLACE.matcher(text).results().map(place -> place.group(1)).forEach(LineTemplate::requireKnown);
    }

    private static void requireKnown(String place) {
        switch (place) {
            case "number", "count", "date", "time" -> {
                // One of the four.
            }
            default ->
                throw new IllegalArgumentException(
                        "{%s} is no place; expected number, count, date or time".formatted(place));
        }
    }

    public boolean has(String place) {
        return PLACE.matcher(text).results().anyMatch(found -> found.group(1).equals(place));
    }

    /** @param at on the city's clocks */
    public String write(long number, int count, LocalDateTime at) {
        return PLACE.matcher(text).replaceAll(place -> switch (place.group(1)) {
            case "number" -> filled(place, number);
            case "count" -> filled(place, count);
            case "date" -> at.format(DATE);
            default -> at.format(TIME);
        });
    }

    private static String filled(MatchResult place, long value) {
        return place.group(2) == null ? Long.toString(value) : ("%0" + place.group(2) + "d").formatted(value);
    }

    /** Whether a line was written by this template, whatever stands in its places. */
    public boolean fits(String line) {
        return pattern().matcher(line).matches();
    }

    /** How many rows the line speaks of; nothing when it does not fit or names no count. */
    public Optional<Long> count(String line) {
        Matcher found = pattern().matcher(line);
        return has("count") && found.matches() ? Optional.of(Long.parseLong(found.group("count"))) : Optional.empty();
    }

    private Pattern pattern() {
        StringBuilder pattern = new StringBuilder();
        int end = 0;
        for (MatchResult place : PLACE.matcher(text).results().toList()) {
            pattern.append(Pattern.quote(text.substring(end, place.start())));
            String digits = place.group(2) == null ? "\\d{1,18}" : "\\d{%s}".formatted(place.group(2));
            pattern.append(
                    place.group(1).equals("count")
                            ? "(?<count>" + digits + ")"
                            : switch (place.group(1)) {
                                case "date" -> "\\d{8}";
                                case "time" -> "\\d{6}";
                                default -> digits;
                            });
            end = place.end();
        }
        return Pattern.compile(pattern.append(Pattern.quote(text.substring(end)))
                .append("\\s*")
                .toString());
    }
}
