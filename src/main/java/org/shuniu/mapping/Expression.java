package org.shuniu.mapping;

import com.dashjoin.jsonata.JException;
import com.dashjoin.jsonata.Jsonata;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
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
    private final String text;
    private final @Nullable SimpleCondition simple;
    private final @Nullable List<String> path;
    private final Set<String> called;
    private final @Nullable Effort effort;
    // An instance keeps the state of its evaluation and must not be shared by threads.
    private final ThreadLocal<Jsonata> instance;

    private Expression(String text, @Nullable Effort effort) {
        this.text = text;
        this.effort = effort;
        this.called = names(USED, text);
        this.simple = SimpleCondition.of(text);
        this.path = SimpleCondition.path(text);
        this.instance = ThreadLocal.withInitial(() -> instance(text));
    }

    private static Jsonata instance(String text) {
        Jsonata instance = Jsonata.jsonata(text);
        // It would look at all of a source for each expression; a source has nothing but what the language knows.
        instance.setValidateInput(false);
        return instance;
    }

    /** @throws IllegalArgumentException naming what is wrong */
    static Expression of(String text) {
        return of(text, null);
    }

    /**
     * The same for a mapping that somebody only tries.
     *
     * @param effort of which it spends, or null where it spends of that of its message
     */
    static Expression of(String text, @Nullable Effort effort) {
        if (RegularExpression.isIn(text)) {
            throw new IllegalArgumentException(
                    "a regular expression between slashes, which nothing ends once it runs; expected texts in quotes");
        }
        requireListed(text, false);
        return read(text, effort);
    }

    /**
     * One of a mapping that was in force before regular expressions and names of the language were refused: what was written by it must
     * be written as it was first.
     */
    static Expression former(String text) {
        requireListed(text, true);
        return read(text, null);
    }

    private static Expression read(String text, @Nullable Effort effort) {
        try {
            Jsonata.jsonata(text);
        } catch (JException broken) {
            throw new IllegalArgumentException(
                    "not JSONata: %s; expected an expression that it reads".formatted(broken.getMessage()));
        }
        return new Expression(text, effort);
    }

    /** @param former whether it may give names of the language to something of its own */
    private static void requireListed(String text, boolean former) {
        Set<String> own = names(BOUND, text);
        PARAMETERS.matcher(text).results().forEach(list -> own.addAll(names(USED, list.group(1))));
        for (String name : names(USED, text)) {
            if (!FUNCTIONS.contains(name) && (!own.contains(name) || !former && isOfLanguage(name))) {
                throw new IllegalArgumentException("the function $%s is not in the list; expected one of %s"
                        .formatted(name, new TreeSet<>(FUNCTIONS)));
            }
        }
    }

    /** Whoever gives such a name to something of his own could still call what had it before. */
    private static boolean isOfLanguage(String name) {
        return Boolean.TRUE.equals(
                Jsonata.jsonata("$exists($%s)".formatted(name)).evaluate(null));
    }

    private static Set<String> names(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /**
     * Finds its value.
     *
     * @return missing where the expression finds nothing
     * @throws IllegalArgumentException when it fails, or takes more than is left to its message
     */
    JsonNode evaluate(Source source) {
        return path == null
                ? evaluated(source)
                : SimpleCondition.text(path, source.tree()).orElseGet(() -> evaluated(source));
    }

    private JsonNode evaluated(Source source) {
        Jsonata expression = instance.get();
        Jsonata.Frame frame = expression.createFrame();
        try {
            Object found =
                    effort == null ? ofMessage(expression, source, frame) : within(effort, expression, source, frame);
            JsonNode value = found == null ? MissingNode.getInstance() : Source.MAPPER.valueToTree(found);
            return value.isNull() ? MissingNode.getInstance() : value;
        } catch (JException failed) {
            // The library's message may quote values; its code does not.
            throw new IllegalArgumentException(
                    "the expression failed with JSONata error %s".formatted(failed.getError()));
        }
    }

    private @Nullable Object ofMessage(Jsonata expression, Source source, Jsonata.Frame frame) {
        try {
            return within(source.effort(), expression, source, frame);
        } catch (Effort.Spent over) {
            throw new IllegalArgumentException(over.ofMessage());
        }
    }

    /** Expressions fail in ways that nobody foresaw; it is never more than their row's failure. */
    private @Nullable Object within(Effort most, Jsonata expression, Source source, Jsonata.Frame frame) {
        try {
            return most.evaluate(source, frame, called, () -> expression.evaluate(source.plain(), frame));
        } catch (JException | IllegalArgumentException | Effort.Spent known) {
            throw known;
        } catch (Exception unforeseen) {
            throw new IllegalArgumentException("the expression failed with %s"
                    .formatted(unforeseen.getClass().getSimpleName()));
        }
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
