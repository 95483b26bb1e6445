package org.shuniu.partner;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.shuniu.catalogue.WorkingCalendar.Day;
import org.shuniu.fault.BlockReader;
import org.shuniu.partner.OpeningHours.Closure;
import org.shuniu.partner.OpeningHours.MonthEnd;
import org.shuniu.partner.OpeningHours.Window;
import tools.jackson.databind.JsonNode;

/** Reads the key {@code hours} of a partner.yaml or a contract: {@code always}, or windows by kind of day and closures. */
public final class HoursBlock {

    private static final String HOURS = "hours";
    private static final String MONTH_END = "month-end";
    private static final String END_OF_MONTH = "end-of-month";
    private static final Set<String> KEYS = Set.of("working-days", "rest-days", "holidays", "closed", MONTH_END);
    private static final Pattern WINDOW = Pattern.compile("(\\d\\d:\\d\\d) ?- ?(\\d\\d:\\d\\d)");
    private static final Pattern YEARLY = Pattern.compile("\\d\\d-\\d\\d \\d\\d:\\d\\d");
    private static final String END_OF_DAY = "24:00";
    private static final int MINUTES_OF_A_DAY = 1440;
    private static final int SECONDS_OF_A_MINUTE = 60;
    private static final String EXPECTED_WINDOW = "a list of windows such as [\"08:30-16:30\"]; 24:00 ends a day";
    private static final String EXPECTED_TIME = "a time each year such as 07-01 00:00, or once: 2026-07-01 00:00";

    private static final Set<String> FROM_AND_TO = Set.of("from", "to");
    private static final String EXPECTED_MONTH_END =
            "from and to on the last working day, such as {from: \"16:00\", to: \"24:00\"}; to may be " + END_OF_MONTH;

    private final BlockReader block;

    public HoursBlock(BlockReader block) {
        this.block = block;
    }

    public OpeningHours read() {
        JsonNode hours = block.at(HOURS);
        if (!block.has(HOURS) || hours.asString("").equals("always")) {
            return OpeningHours.always();
        }
        if (!hours.isObject()) {
            block.fault(HOURS, "neither windows nor always", "always, or windows under " + KEYS);
            return OpeningHours.always();
        }
        block.requireKeys(HOURS, KEYS);
        List<Window> rest = windows("rest-days");
        List<Window> holidays = block.has(HOURS, "holidays") ? windows("holidays") : rest;
        List<Window> working = windows("working-days");
        if (working.isEmpty() && rest.isEmpty() && holidays.isEmpty()) {
            block.fault(HOURS, "no window at all", "a partner that opens at some time");
        }
        return new OpeningHours(
                Map.of(Day.WORKING, working, Day.WEEKEND, rest, Day.HOLIDAY, holidays), closures(), monthEnd());
    }

    private List<Window> windows(String key) {
        if (!block.at(HOURS, key).isArray()) {
            block.fault(HOURS + "." + key, "no list", EXPECTED_WINDOW);
        }
        List<Window> windows = new ArrayList<>();
        List<String> texts = block.strings(HOURS, key);
        for (int i = 0; i < texts.size(); i++) {
            String place = "%s.%s[%d]".formatted(HOURS, key, i);
            try {
                Window window = window(texts.get(i));
                windows.stream()
                        .filter(other -> overlap(other, window))
                        .findFirst()
                        .ifPresent(other -> block.fault(
                                place,
                                "a window that overlaps %s-%s".formatted(other.from(), other.to()),
                                "windows apart from each other, or one window for both"));
                windows.add(window);
            } catch (DateTimeException malformed) {
                block.fault(place, "no window", EXPECTED_WINDOW);
            }
        }
        return windows;
    }

    private static boolean overlap(Window one, Window other) {
        return IntStream.range(0, MINUTES_OF_A_DAY).anyMatch(minute -> holds(one, minute) && holds(other, minute));
    }

    /** A window that ends before it begins passes midnight; what is after that belongs to the next day. */
    private static boolean holds(Window window, int minute) {
        int from = window.from().toSecondOfDay() / SECONDS_OF_A_MINUTE;
        int to = window.to().toSecondOfDay() / SECONDS_OF_A_MINUTE;
        return minute >= from && (minute < to || to <= from);
    }

    private static Window window(String text) {
        Matcher times = WINDOW.matcher(text);
        if (!times.matches() || times.group(1).equals(times.group(2))) {
            throw new DateTimeException("no window");
        }
        String to = times.group(2);
        return new Window(
                LocalTime.parse(times.group(1)), to.equals(END_OF_DAY) ? LocalTime.MIDNIGHT : LocalTime.parse(to));
    }

    private List<Closure> closures() {
        List<Closure> closures = new ArrayList<>();
        int i = 0;
        for (JsonNode closure : block.at(HOURS, "closed")) {
            block.requireKeys("%s.closed[%d]".formatted(HOURS, i), closure, FROM_AND_TO);
            String from = closure.path("from").asString("");
            String to = closure.path("to").asString("");
            try {
                closures.add(closure(from, to));
            } catch (DateTimeException malformed) {
                block.fault(
                        "%s.closed[%d]".formatted(HOURS, i),
                        "no closure: from '%s' to '%s'".formatted(from, to),
                        "from and a later to, each " + EXPECTED_TIME);
            }
            i++;
        }
        return closures;
    }

    private @Nullable MonthEnd monthEnd() {
        if (!block.has(HOURS, MONTH_END)) {
            return null;
        }
        JsonNode closing = block.at(HOURS, MONTH_END);
        String to = closing.path("to").asString(END_OF_MONTH);
        try {
            block.requireKeys(HOURS + "." + MONTH_END, closing, FROM_AND_TO);
            if (!closing.isObject()) {
                throw new DateTimeException("not from and to");
            }
            LocalTime from = LocalTime.parse(closing.path("from").asString(""));
            if (to.equals(END_OF_MONTH)) {
                return new MonthEnd(from, null);
            }
            Window day = window(from + "-" + to);
            if (!day.to().equals(LocalTime.MIDNIGHT) && !day.to().isAfter(from)) {
                throw new DateTimeException("it ends before it begins");
            }
            return new MonthEnd(from, day.to());
        } catch (DateTimeException malformed) {
            block.fault(HOURS + "." + MONTH_END, "no closing", EXPECTED_MONTH_END);
            return null;
        }
    }

    /** A yearly closure whose end is not after its beginning passes the new year. */
    private static Closure closure(String from, String to) {
        boolean yearly = YEARLY.matcher(from).matches();
        if (yearly != YEARLY.matcher(to).matches()) {
            throw new DateTimeException("one time is yearly, the other is not");
        }
        LocalDateTime begin = time(yearly ? "2000-" + from : from);
        LocalDateTime end = time(yearly ? "2000-" + to : to);
        if (yearly && !end.isAfter(begin)) {
            return new Closure(true, begin, end.plusYears(1));
        }
        if (!end.isAfter(begin)) {
            throw new DateTimeException("it ends before it begins");
        }
        return new Closure(yearly, begin, end);
    }

    private static LocalDateTime time(String text) {
        return LocalDateTime.parse(text.replaceFirst(" ", "T"));
    }
}
