package org.shuniu.console;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Reads the fields of an address, and gathers what it can't read: nobody is shown what he did not ask for. */
final class AddressFields {

    /** What is wrong with a field and what was expected: a word of the bundle and its values. */
    record Problem(String key, List<Object> values) {}

    /** Chooses the language on every page. */
    private static final String LANGUAGE = "lang";

    private static final int LONGEST = 64;

    private final Map<String, String> typed;
    private final List<Problem> problems = new ArrayList<>();

    /** @param fields that the page has */
    AddressFields(Map<String, String> typed, List<String> fields) {
        this.typed = typed;
        Set<String> known = Set.copyOf(fields);
        typed.keySet().stream()
                .filter(field -> !known.contains(field) && !field.equals(LANGUAGE))
                .forEach(field -> wrong("address.problem.field", shortened(field), String.join(", ", fields)));
    }

    /** As it was typed, without the space around it. */
    String text(String field) {
        return typed.getOrDefault(field, "").strip();
    }

    /** Null where nothing is typed. */
    @Nullable
    String known(String field, Predicate<String> isKnown) {
        String value = text(field);
        if (value.isEmpty()) {
            return null;
        }
        if (!isKnown.test(value)) {
            wrong(problem(field), shortened(value));
            return null;
        }
        return value;
    }

    <T extends Enum<T>> T word(String field, T[] all, T usual) {
        String word = known(field, typed -> named(typed, all).isPresent());
        return word == null ? usual : named(word, all).orElseThrow();
    }

    private static <T extends Enum<T>> Optional<T> named(String word, T[] all) {
        return Arrays.stream(all)
                .filter(one -> one.name().toLowerCase(Locale.ROOT).equals(word))
                .findFirst();
    }

    Optional<LocalDate> day(String field) {
        String text = text(field);
        Optional<LocalDate> day = DayField.of(text).filter(AddressFields::isOfOurTime);
        if (day.isEmpty() && !text.isEmpty()) {
            wrong(problem(field), shortened(text));
        }
        return day;
    }

    /** What databases and calendars can hold is more, and no year in which there was a hub. */
    private static boolean isOfOurTime(LocalDate day) {
        return day.getYear() >= 2000 && day.getYear() < 3000;
    }

    void wrong(String key, Object... values) {
        problems.add(new Problem(key, List.of(values)));
    }

    List<Problem> problems() {
        return List.copyOf(problems);
    }

    private static String problem(String field) {
        return "address.problem." + field;
    }

    private static String shortened(String value) {
        return value.length() <= LONGEST ? value : value.substring(0, LONGEST) + "…";
    }
}
