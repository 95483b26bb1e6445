package org.shuniu.mapping;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What nearly every condition is, read without the expression language, which takes ten times as long: comparisons such as
 * {@code a.b = "text"}, {@code a.b >= 400}, {@code a.b in ["x", "y"]} and {@code $exists(a.b)}, joined by {@code and} and
 * {@code or}. What else {@code and} joins is left to the language, and is reached only when all before it holds.
 */
final class SimpleCondition {

    /** One of the forms; nothing where only the language can tell. */
    @FunctionalInterface
    private interface Test {
        Optional<Boolean> of(JsonNode found);
    }

    private record Part(List<String> path, Test test) {

        Optional<Boolean> holds(JsonNode tree) {
            return at(path, tree).flatMap(test::of);
        }
    }

    private record Form(Pattern pattern, Function<Matcher, Test> test) {

        @Nullable
        Part read(String text) {
            Matcher found = pattern.matcher(text);
            if (!found.matches()) {
                return null;
            }
            List<String> path = path(found.group(1));
            return path == null ? null : new Part(path, test.apply(found));
        }
    }

    private static final Set<String> WORDS = Set.of("and", "or", "in", "true", "false", "null", "function");
    private static final String PATH = "([A-Za-z_][A-Za-z0-9_]*(?:\\.[A-Za-z_][A-Za-z0-9_]*)*)";
    private static final Pattern ONE_PATH = Pattern.compile(PATH);
    private static final String TEXT = "\"([^\"\\\\]*)\"";
    private static final String TEXTS = "\\[\\s*(\"[^\"\\\\]*\"(?:\\s*,\\s*\"[^\"\\\\]*\")*)\\s*]";
    private static final Pattern ONE_TEXT = Pattern.compile(TEXT);
    private static final Pattern QUOTED = Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*\"");
    private static final Pattern AND = Pattern.compile("\\sand\\s");
    private static final Pattern OR = Pattern.compile("\\sor\\s");
    private static final Pattern OTHER_JOINTS = Pattern.compile("[?;{'`]|:=|~>");

    private static final List<Form> FORMS = List.of(
            form(PATH + "\\s*=\\s*" + TEXT, found -> equal(found.group(2))),
            form(PATH + "\\s*!=\\s*" + TEXT, found -> other(found.group(2))),
            form(PATH + "\\s*=\\s*(true|false)", found -> is(Boolean.parseBoolean(found.group(2)))),
            form(
                    PATH + "\\s*(>=|<=|>|<)\\s*(\\d{1,9})",
                    found -> compared(found.group(2), new BigDecimal(found.group(3)))),
            form(PATH + "\\s+in\\s+" + TEXTS, found -> oneOf(texts(found.group(2)))),
            form("\\$exists\\(\\s*" + PATH + "\\s*\\)", found -> exists(true)),
            form("\\$not\\(\\s*\\$exists\\(\\s*" + PATH + "\\s*\\)\\s*\\)", found -> exists(false)));

    /** What {@code and} joins, as far as it has one of the forms. */
    private record All(List<Part> parts, boolean whole) {

        Optional<Boolean> hold(JsonNode tree) {
            for (Part part : parts) {
                Optional<Boolean> holds = part.holds(tree);
                if (holds.isEmpty() || !holds.get()) {
                    return holds;
                }
            }
            return whole ? Optional.of(true) : Optional.empty();
        }
    }

    private final List<All> alternatives;

    private SimpleCondition(List<All> alternatives) {
        this.alternatives = alternatives;
    }

    /** @return nothing when the condition does not begin with a part of one of the forms, or joins something else by {@code or} */
    static @Nullable SimpleCondition of(String expression) {
        List<All> alternatives =
                parts(OR, expression).stream().map(SimpleCondition::all).toList();
        boolean simple = alternatives.size() == 1
                ? !alternatives.get(0).parts().isEmpty()
                : alternatives.stream().allMatch(All::whole);
        return simple ? new SimpleCondition(alternatives) : null;
    }

    private static All all(String expression) {
        List<Part> simple = new ArrayList<>();
        List<String> texts = parts(AND, expression);
        for (String text : texts) {
            Part part = part(text.strip());
            if (part == null) {
                break;
            }
            simple.add(part);
        }
        return new All(simple, simple.size() == texts.size());
    }

    /** What the joint joins outside of brackets; all as one where something else joins, too. */
    private static List<String> parts(Pattern joining, String expression) {
        String open = QUOTED.matcher(expression)
                .replaceAll(quoted -> "\"" + "_".repeat(quoted.group().length() - 2) + "\"");
        List<String> parts = new ArrayList<>();
        int from = 0;
        Matcher joint = joining.matcher(open);
        while (!OTHER_JOINTS.matcher(open).find() && joint.find()) {
            if (isBalanced(open.substring(from, joint.start()))) {
                parts.add(expression.substring(from, joint.start()));
                from = joint.end();
            }
        }
        parts.add(expression.substring(from));
        return parts;
    }

    private static boolean isBalanced(String text) {
        return count(text, "([") == count(text, ")]");
    }

    private static long count(String text, String wanted) {
        return text.chars().filter(one -> wanted.indexOf(one) >= 0).count();
    }

    private static @Nullable Part part(String text) {
        return FORMS.stream()
                .flatMap(form -> Stream.ofNullable(form.read(text)))
                .findFirst()
                .orElse(null);
    }

    private static Form form(String pattern, Function<Matcher, Test> test) {
        return new Form(Pattern.compile(pattern), test);
    }

    private static List<String> texts(String list) {
        return ONE_TEXT.matcher(list).results().map(text -> text.group(1)).toList();
    }

    private static Test equal(String text) {
        return found -> Optional.of(found.isString() && found.stringValue().equals(text));
    }

    /** What is not there is not another either. */
    private static Test other(String text) {
        return found -> Optional.of(
                isThere(found) && !(found.isString() && found.stringValue().equals(text)));
    }

    private static Test is(boolean value) {
        return found -> Optional.of(found.isBoolean() && found.booleanValue() == value);
    }

    /** A text beside a number is a fault, which the language tells. */
    private static Test compared(String sign, BigDecimal bound) {
        return found -> {
            if (!isThere(found)) {
                return Optional.of(false);
            }
            if (!found.isNumber()) {
                return Optional.empty();
            }
            int order = found.decimalValue().compareTo(bound);
            return Optional.of(
                    switch (sign) {
                        case ">=" -> order >= 0;
                        case "<=" -> order <= 0;
                        case ">" -> order > 0;
                        default -> order < 0;
                    });
        };
    }

    private static Test oneOf(List<String> texts) {
        return found -> Optional.of(found.isString() && texts.contains(found.stringValue()));
    }

    private static Test exists(boolean wanted) {
        return found -> Optional.of(isThere(found) == wanted);
    }

    private static boolean isThere(JsonNode found) {
        return !found.isMissingNode() && !found.isNull();
    }

    /** @return the names of which the text is a path, and nothing else */
    static @Nullable List<String> path(String text) {
        List<String> names = List.of(text.split("\\."));
        return ONE_PATH.matcher(text).matches() && names.stream().noneMatch(WORDS::contains) ? names : null;
    }

    /** @return the text that stands there, or missing where nothing does; empty when only the expression language can tell */
    static Optional<JsonNode> text(List<String> path, JsonNode tree) {
        return at(path, tree).filter(found -> found.isString() || found.isMissingNode());
    }

    /** @return nothing when a list stands in the way, which the language would look through */
    private static Optional<JsonNode> at(List<String> path, JsonNode tree) {
        JsonNode at = tree;
        for (String name : path) {
            if (at.isArray()) {
                return Optional.empty();
            }
            at = at.path(name);
        }
        return at.isArray() ? Optional.empty() : Optional.of(at);
    }

    /** @return nothing when only the expression language can tell */
    Optional<Boolean> holds(JsonNode tree) {
        boolean any = false;
        for (All all : alternatives) {
            Optional<Boolean> holds = all.hold(tree);
            if (holds.isEmpty()) {
                return holds;
            }
            any |= holds.get();
        }
        return Optional.of(any);
    }
}
