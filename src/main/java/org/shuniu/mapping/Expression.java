package org.shuniu.mapping;

import com.dashjoin.jsonata.JException;
import com.dashjoin.jsonata.Jsonata;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** A JSONata expression with a closed list of functions: the same tree always gives the same value. */
final class Expression {

    /** All that mappings may call; the README of mappings/ shows each with an example. */
    static final Set<String> FUNCTIONS = Set.of(
            "string",
            "number",
            "boolean",
            "not",
            "exists",
            "length",
            "substring",
            "substringBefore",
            "substringAfter",
            "contains",
            "split",
            "join",
            "replace",
            "trim",
            "pad",
            "uppercase",
            "lowercase",
            "count",
            "sum",
            "append",
            "filter",
            "map",
            "sort",
            "distinct",
            "lookup");

    private static final Pattern USED = Pattern.compile("\\$([A-Za-z_][A-Za-z0-9_]*)");
    private static final Pattern BOUND = Pattern.compile("\\$([A-Za-z_][A-Za-z0-9_]*)\\s*:=");
    private static final Pattern PARAMETERS = Pattern.compile("function\\s*\\(([^)]*)\\)");
    private static final Pattern QUOTED = Pattern.compile("\"[^\"]*\"|'[^']*'|`[^`]*`");
    /** A slash where no value stands that could be divided. */
    private static final Pattern PATTERN = Pattern.compile("(?:^|[^\\w)\\]}\"$\\s]|\\b(?:and|or|in))\\s*/");

    private static final long LONGEST_MILLIS = 2_000;
    private static final int DEEPEST = 200;

    private final String text;
    private final @Nullable SimpleCondition simple;
    private final @Nullable Effort effort;
    // An instance keeps the state of its evaluation and must not be shared by threads.
    private final ThreadLocal<Jsonata> instance;

    private Expression(String text, @Nullable Effort effort) {
        this.text = text;
        this.effort = effort;
        this.simple = SimpleCondition.of(text);
        this.instance = ThreadLocal.withInitial(() -> Jsonata.jsonata(text));
    }

    /** @throws IllegalArgumentException naming what is wrong */
    static Expression of(String text) {
        return of(text, null);
    }

    /**
     * The same for a mapping that somebody only tries.
     *
     * @param effort of which it spends, or null where it is bounded by itself alone
     */
    static Expression of(String text, @Nullable Effort effort) {
        if (effort != null && hasPattern(text)) {
            throw new IllegalArgumentException(
                    "a regular expression between slashes, which nothing ends once it runs; expected texts in quotes");
        }
        Set<String> own = new TreeSet<>();
        BOUND.matcher(text).results().map(found -> found.group(1)).forEach(own::add);
        PARAMETERS
                .matcher(text)
                .results()
                .flatMap(list -> USED.matcher(list.group(1)).results())
                .map(found -> found.group(1))
                .forEach(own::add);
        for (MatchResult used : USED.matcher(text).results().toList()) {
            if (!own.contains(used.group(1)) && !FUNCTIONS.contains(used.group(1))) {
                throw new IllegalArgumentException("the function $%s is not in the list; expected one of %s"
                        .formatted(used.group(1), new TreeSet<>(FUNCTIONS)));
            }
        }
        try {
            Jsonata.jsonata(text);
        } catch (JException broken) {
            throw new IllegalArgumentException(
                    "not JSONata: %s; expected an expression that it reads".formatted(broken.getMessage()));
        }
        return new Expression(text, effort);
    }

    /** @return missing where the expression finds nothing */
    JsonNode evaluate(Source source) {
        Jsonata expression = instance.get();
        Jsonata.Frame frame = expression.createFrame();
        try {
            Object found =
                    effort == null ? bounded(expression, source, frame) : within(effort, expression, source, frame);
            JsonNode value = found == null ? MissingNode.getInstance() : Source.MAPPER.valueToTree(found);
            return value.isNull() ? MissingNode.getInstance() : value;
        } catch (JException failed) {
            // The library's message may quote values; its code does not.
            throw new IllegalArgumentException(
                    "the expression failed with JSONata error %s".formatted(failed.getError()));
        }
    }

    private static Object bounded(Jsonata expression, Source source, Jsonata.Frame frame) {
        frame.setRuntimeBounds(LONGEST_MILLIS, DEEPEST);
        return expression.evaluate(source.plain(), frame);
    }

    /** What nobody has reviewed fails in ways that nobody foresaw; it is never more than its row's failure. */
    private static Object within(Effort effort, Jsonata expression, Source source, Jsonata.Frame frame) {
        try {
            return effort.evaluate(frame, () -> expression.evaluate(source.plain(), frame));
        } catch (JException | IllegalArgumentException | Effort.Spent known) {
            throw known;
        } catch (Exception unforeseen) {
            throw new IllegalArgumentException("the expression failed with %s"
                    .formatted(unforeseen.getClass().getSimpleName()));
        }
    }

    private static boolean hasPattern(String text) {
        return PATTERN.matcher(QUOTED.matcher(text).replaceAll("\"\"")).find();
    }

    boolean holds(Source source) {
        Optional<Boolean> known = simple == null ? Optional.empty() : simple.holds(source.tree());
        return known.orElseGet(() -> evaluatedHolds(source));
    }

    private boolean evaluatedHolds(Source source) {
        JsonNode value = evaluate(source);
        return value.isBoolean()
                ? value.booleanValue()
                : !value.isMissingNode() && !value.asString("").isEmpty();
    }

    @Override
    public String toString() {
        return text;
    }
}
