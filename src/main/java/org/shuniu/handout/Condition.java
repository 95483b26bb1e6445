package org.shuniu.handout;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * When a line of an outcome holds, taken apart as far as its parts are simple: a schema can say those, and people can read them.
 *
 * @param parts all of which must hold
 */
record Condition(List<Part> parts) {

    /** What a part asks. */
    enum Sign {
        IS,
        IS_NOT,
        IS_ONE_OF,
        AT_LEAST,
        EXISTS,
        MISSING,
        /** Something else, which only the expression language can tell. */
        OTHER
    }

    /**
     * One of them.
     *
     * @param path of a value; of what is not simple the expression
     * @param values texts, or {@code true} and {@code false} as words of the language
     */
    record Part(String path, Sign sign, List<String> values, boolean isText) {}

    private record Form(Pattern pattern, Function<Matcher, Part> part) {}

    private static final String PATH = "([A-Za-z_][A-Za-z0-9_]*(?:\\.[A-Za-z_][A-Za-z0-9_]*)*)";
    private static final String TEXT = "\"([^\"\\\\]*)\"";
    private static final Pattern ONE_TEXT = Pattern.compile(TEXT);
    private static final Pattern AND = Pattern.compile("\\sand\\s");
    private static final Pattern OTHER_JOINTS = Pattern.compile("\\sor\\s|[?;{]|:=|~>");

    private static final List<Form> FORMS = List.of(
            form(PATH + "\\s*=\\s*" + TEXT, found -> text(found, Sign.IS)),
            form(PATH + "\\s*!=\\s*" + TEXT, found -> text(found, Sign.IS_NOT)),
            form(
                    PATH + "\\s*=\\s*(true|false)",
                    found -> new Part(found.group(1), Sign.IS, List.of(found.group(2)), false)),
            form(
                    PATH + "\\s*>=\\s*(\\d{1,9})",
                    found -> new Part(found.group(1), Sign.AT_LEAST, List.of(found.group(2)), false)),
            form(
                    PATH + "\\s+in\\s+\\[([^\\]]*)]",
                    found -> new Part(found.group(1), Sign.IS_ONE_OF, texts(found.group(2)), true)),
            form(
                    "\\$exists\\(\\s*" + PATH + "\\s*\\)",
                    found -> new Part(found.group(1), Sign.EXISTS, List.of(), true)),
            form(
                    "\\$not\\(\\s*\\$exists\\(\\s*" + PATH + "\\s*\\)\\s*\\)",
                    found -> new Part(found.group(1), Sign.MISSING, List.of(), true)));

    Condition {
        parts = List.copyOf(parts);
    }

    /** @param expression empty for what always holds */
    static Condition of(String expression) {
        if (expression.isBlank()) {
            return new Condition(List.of());
        }
        List<Part> parts = new ArrayList<>();
        for (String text : split(expression)) {
            parts.add(FORMS.stream()
                    .flatMap(form -> read(form, text.strip()))
                    .findFirst()
                    .orElseGet(() -> new Part(text.strip(), Sign.OTHER, List.of(), true)));
        }
        return new Condition(parts);
    }

    private static Stream<Part> read(Form form, String text) {
        Matcher found = form.pattern().matcher(text);
        return found.matches() ? Stream.of(form.part().apply(found)) : Stream.of();
    }

    /** At each {@code and} that stands in no text; where something else joins too, nothing is taken apart. */
    private static List<String> split(String expression) {
        String open = ONE_TEXT.matcher(expression)
                .replaceAll(text -> "\"" + "_".repeat(text.group(1).length()) + "\"");
        if (OTHER_JOINTS.matcher(open).find()) {
            return List.of(expression);
        }
        List<String> parts = new ArrayList<>();
        int from = 0;
        for (MatchResult joint : AND.matcher(open).results().toList()) {
            parts.add(expression.substring(from, joint.start()));
            from = joint.end();
        }
        parts.add(expression.substring(from));
        return parts;
    }

    private static Form form(String pattern, Function<Matcher, Part> part) {
        return new Form(Pattern.compile(pattern), part);
    }

    private static Part text(Matcher found, Sign sign) {
        return new Part(found.group(1), sign, List.of(found.group(2)), true);
    }

    private static List<String> texts(String list) {
        return ONE_TEXT.matcher(list).results().map(text -> text.group(1)).toList();
    }
}
