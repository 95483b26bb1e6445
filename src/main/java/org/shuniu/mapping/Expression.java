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
    private static final long LONGEST_MILLIS = 2_000;
    private static final int DEEPEST = 200;

    private final String text;
    private final @Nullable SimpleCondition simple;
    // An instance keeps the state of its evaluation and must not be shared by threads.
    private final ThreadLocal<Jsonata> instance;

    private Expression(String text) {
        this.text = text;
        this.simple = SimpleCondition.of(text);
        this.instance = ThreadLocal.withInitial(() -> Jsonata.jsonata(text));
    }

    /** @throws IllegalArgumentException naming what is wrong */
    static Expression of(String text) {
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
        return new Expression(text);
    }

    /** @return missing where the expression finds nothing */
    JsonNode evaluate(Source source) {
        Jsonata expression = instance.get();
        Jsonata.Frame frame = expression.createFrame();
        frame.setRuntimeBounds(LONGEST_MILLIS, DEEPEST);
        try {
            Object found = expression.evaluate(source.plain(), frame);
            JsonNode value = found == null ? MissingNode.getInstance() : Source.MAPPER.valueToTree(found);
            return value.isNull() ? MissingNode.getInstance() : value;
        } catch (JException failed) {
            // The library's message may quote values; its code does not.
            throw new IllegalArgumentException(
                    "the expression failed with JSONata error %s".formatted(failed.getError()));
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
