package org.shuniu.mapping;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The expression that nearly every condition is, {@code a.b = "text"}, read without the expression language, which takes
 * ten times as long; anything else is left to it.
 */
record Comparison(List<String> path, String text) {

    private static final Pattern FORM =
            Pattern.compile("\\s*([A-Za-z][A-Za-z0-9]*(?:\\.[A-Za-z][A-Za-z0-9]*)*)\\s*=\\s*\"([^\"\\\\]*)\"\\s*");
    private static final List<String> WORDS = List.of("and", "or", "in", "true", "false", "null", "function");

    /** @return nothing when the expression has another form */
    static @Nullable Comparison of(String expression) {
        Matcher form = FORM.matcher(expression);
        if (!form.matches()) {
            return null;
        }
        List<String> path = List.of(form.group(1).split("\\."));
        return path.stream().anyMatch(WORDS::contains) ? null : new Comparison(path, form.group(2));
    }

    /** @return nothing when a list stands in the way, which the expression language would look through */
    Optional<Boolean> holds(JsonNode tree) {
        JsonNode at = tree;
        for (String name : path) {
            if (at.isArray()) {
                return Optional.empty();
            }
            at = at.path(name);
        }
        return at.isArray()
                ? Optional.empty()
                : Optional.of(at.isString() && at.stringValue().equals(text));
    }
}
