package org.shuniu.mapping;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes one value: finds it, applies functions, code table and date pattern in this order, checks it.
 *
 * @param max in characters; a longer value is an error, never cut unasked
 */
record ValueRow(
        String mapping,
        String at,
        TreePath target,
        Origin from,
        @Nullable Expression when,
        List<NamedFunction> functions,
        @Nullable LocalCodes codes,
        boolean outgoing,
        @Nullable DatePattern read,
        @Nullable DatePattern write,
        ValueType type,
        int max,
        @Nullable JsonNode byDefault,
        boolean required)
        implements MappingRow {

    /** Where a value comes from. */
    interface ValueSource {
        JsonNode find(Source source);
    }

    /** @param text as the file says it */
    record Origin(String text, ValueSource source) {
        JsonNode find(Source from) {
            return source.find(from);
        }
    }

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    @Override
    public void write(Source source, ObjectNode tree) {
        if (source.isExplained()) {
            explain(source, tree);
        } else {
            written(source, tree);
        }
    }

    @Override
    public Stream<String> names() {
        return target.steps().stream();
    }

    @Override
    public MappingRow by(Map<String, LocalCodes> tables) {
        return codes == null
                ? this
                : new ValueRow(
                        mapping,
                        at,
                        target,
                        from,
                        when,
                        functions,
                        tables.get(codes.name()),
                        outgoing,
                        read,
                        write,
                        type,
                        max,
                        byDefault,
                        required);
    }

    /** Returns what was written, or a missing node. */
    private JsonNode written(Source source, ObjectNode tree) {
        if (!applies(source)) {
            return MissingNode.getInstance();
        }
        JsonNode value = find(source);
        if (!value.isMissingNode()) {
            target.put(tree, value);
        } else if (required) {
            throw failed("no value; expected one");
        }
        return value;
    }

    /** Does the same, tells it, and fails for nobody. */
    private void explain(Source source, ObjectNode tree) {
        String found = "";
        List<String> steps = new ArrayList<>();
        try {
            if (!applies(source)) {
                source.tell(this, from.text(), "", steps, ExplainedRow.End.LEFT_OUT, "when: " + when);
                return;
            }
            JsonNode there = from.find(source);
            found = shownWhole(there);
            steps(there, source.days(), steps);
            JsonNode result = written(source, tree);
            source.tell(
                    this,
                    from.text(),
                    found,
                    steps,
                    result.isMissingNode() ? ExplainedRow.End.EMPTY : ExplainedRow.End.WRITTEN,
                    shownWhole(result));
        } catch (MappingFailed | IllegalArgumentException failed) {
            source.tell(this, from.text(), found, steps, ExplainedRow.End.FAILED, failed.getMessage());
        }
    }

    private void steps(JsonNode found, Days days, List<String> steps) {
        if (isNothing(found)) {
            if (byDefault != null) {
                steps.add("default: " + shownWhole(byDefault));
            }
            return;
        }
        if (found.isContainer()) {
            return;
        }
        String text = found.asString();
        for (NamedFunction function : functions) {
            String before = text;
            text = function.apply(text);
            steps.add("%s: %s > %s".formatted(function.name(), before, text));
        }
        if (codes != null) {
            String before = text;
            text = code(text, days);
            steps.add("table %s: %s > %s".formatted(codes.name(), before, text));
        }
        if (read != null) {
            steps.add("date: %s > %s".formatted(text, date(text)));
        }
    }

    private static String shownWhole(JsonNode value) {
        return value.isMissingNode() ? "" : value.isString() ? value.stringValue() : value.toString();
    }

    private boolean applies(Source source) {
        try {
            return when == null || when.holds(source);
        } catch (IllegalArgumentException failed) {
            throw failed("when: " + failed.getMessage());
        }
    }

    private JsonNode find(Source source) {
        JsonNode found;
        try {
            found = from.find(source);
        } catch (IllegalArgumentException failed) {
            throw failed(failed.getMessage());
        }
        if (isNothing(found)) {
            return byDefault == null ? MissingNode.getInstance() : byDefault;
        }
        if (found.isContainer() && isOneValue()) {
            throw failed(found.isArray() ? "several values; expected one" : "a value with parts; expected a plain one");
        }
        return checked(found.isContainer() ? found : translated(found, source.days()));
    }

    private static boolean isNothing(JsonNode found) {
        return found.isMissingNode()
                || found.isNull()
                || found.isString() && found.stringValue().isEmpty();
    }

    /** Whether what the row does only makes sense for one plain value. */
    private boolean isOneValue() {
        return !functions.isEmpty() || codes != null || read != null || max > 0 || type != ValueType.SAME;
    }

    private JsonNode translated(JsonNode found, Days days) {
        if (functions.isEmpty() && codes == null && read == null) {
            return found;
        }
        String text = found.asString();
        for (NamedFunction function : functions) {
            text = function.apply(text);
        }
        text = codes == null ? text : code(text, days);
        return NODES.stringNode(read == null ? text : date(text));
    }

    private String code(String value, Days days) {
        Optional<String> found =
                outgoing ? codes.local(value, days.ofCase()) : codes.hub(value, days.ofCase(), days.said());
        return found.orElseThrow(() -> failed("code table %s has no %s code %s; expected one of %s"
                .formatted(codes.name(), outgoing ? "hub" : "local", shown(value), codes.known(outgoing))));
    }

    private String date(String value) {
        try {
            return write.write(read.read(value));
        } catch (DateTimeException unreadable) {
            throw failed("a text of %d characters; expected a time as %s".formatted(value.length(), read));
        }
    }

    private JsonNode checked(JsonNode value) {
        if (max > 0 && value.isString()) {
            int length =
                    value.stringValue().codePointCount(0, value.stringValue().length());
            if (length > max) {
                throw failed("a text of %d characters; expected at most %d".formatted(length, max));
            }
        }
        return switch (type) {
            case SAME -> value;
            case TEXT -> NODES.stringNode(value.asString());
            case NUMBER -> number(value.asString());
            case BOOLEAN -> bool(value.asString());
        };
    }

    private JsonNode number(String text) {
        try {
            return NODES.numberNode(new BigDecimal(text.strip()));
        } catch (NumberFormatException none) {
            throw failed("a text of %d characters; expected a number".formatted(text.length()));
        }
    }

    private JsonNode bool(String text) {
        if (!text.equals("true") && !text.equals("false")) {
            throw failed("a text of %d characters; expected true or false".formatted(text.length()));
        }
        return NODES.booleanNode(text.equals("true"));
    }

    /** A code may be shown; anything longer might be a person's data. */
    private static String shown(String value) {
        return OutcomeLine.CODE.matcher(value).matches()
                ? "'" + value + "'"
                : "of %d characters".formatted(value.length());
    }

    private MappingFailed failed(String message) {
        return new MappingFailed(mapping, target.toString(), message);
    }
}
