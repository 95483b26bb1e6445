package org.shuniu.mapping;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.regex.Pattern;

/** One function of the closed list that works on a text; written {@code name} or {@code name number} in a mapping. */
record NamedFunction(String name, int number) {

    private static final Pattern LINES = Pattern.compile("\\s*[\\r\\n]+\\s*");
    private static final Pattern CONTROLS = Pattern.compile("[\\p{Cc}\\uFFFE\\uFFFF&&[^\\t\\n\\r]]");
    private static final Map<String, BiFunction<String, Integer, String>> PLAIN = Map.of(
            "trim", (text, none) -> text.strip(),
            "upper", (text, none) -> text.toUpperCase(Locale.ROOT),
            "lower", (text, none) -> text.toLowerCase(Locale.ROOT),
            "digits", (text, none) -> text.replaceAll("[^0-9]", ""),
            "half-width", (text, none) -> Normalizer.normalize(text, Normalizer.Form.NFKC),
            "one-line", (text, none) -> LINES.matcher(text).replaceAll(" "),
            "printable", (text, none) -> CONTROLS.matcher(text).replaceAll(""));
    private static final Map<String, BiFunction<String, Integer, String>> NUMBERED =
            Map.of("first", NamedFunction::first, "last", NamedFunction::last, "cut", NamedFunction::cut);

    /** @throws IllegalArgumentException naming what is known */
    static NamedFunction of(String text) {
        String[] parts = text.split(" ");
        boolean known = parts.length == 1 && PLAIN.containsKey(parts[0])
                || parts.length == 2 && NUMBERED.containsKey(parts[0]) && parts[1].matches("[1-9][0-9]{0,4}");
        if (!known) {
            throw new IllegalArgumentException("'%s' is no function; expected one of %s, or one of %s with a number"
                    .formatted(text, new TreeSet<>(PLAIN.keySet()), new TreeSet<>(NUMBERED.keySet())));
        }
        return new NamedFunction(parts[0], parts.length == 1 ? 0 : Integer.parseInt(parts[1]));
    }

    static TreeSet<String> names() {
        TreeSet<String> names = new TreeSet<>(PLAIN.keySet());
        names.addAll(NUMBERED.keySet());
        return names;
    }

    String apply(String text) {
        return PLAIN.getOrDefault(name, NUMBERED.get(name)).apply(text, number);
    }

    private static String first(String text, int count) {
        return text.codePointCount(0, text.length()) <= count
                ? text
                : text.substring(0, text.offsetByCodePoints(0, count));
    }

    private static String last(String text, int count) {
        int length = text.codePointCount(0, text.length());
        return length <= count ? text : text.substring(text.offsetByCodePoints(0, length - count));
    }

    private static String cut(String text, int count) {
        return text.codePointCount(0, text.length()) <= count ? text : first(text, count - 1) + "…";
    }
}
