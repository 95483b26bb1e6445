package org.shuniu.mapping;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The tree a mapping reads, and the same as plain maps and lists for expressions, made only when one asks. */
final class Source {

    static final JsonMapper MAPPER = JsonMapper.builder().build();

    private static final String ITEM = "item";
    private static final String INDEX = "index";

    private final JsonNode tree;
    private final Days days;
    private Object plain;

    /** What rows write into, where somebody wants to know what each does. */
    private final @Nullable Consumer<ExplainedRow> explained;

    private final String within;

    /** Of which all that reads this tree spends. */
    private final Effort effort;

    private final @Nullable Source outer;
    private final Weights weights;

    Source(JsonNode tree, Days days) {
        this(tree, days, null, "", null);
    }

    /**
     * A tree whose reading is explained.
     *
     * @param explained takes what each row does; then no row fails
     */
    Source(JsonNode tree, Days days, Consumer<ExplainedRow> explained) {
        this(tree, days, explained, "", null);
    }

    private Source(
            JsonNode tree,
            Days days,
            @Nullable Consumer<ExplainedRow> explained,
            String within,
            @Nullable Source outer) {
        this.outer = outer;
        this.effort = outer == null ? Effort.ofMessage() : outer.effort;
        this.weights = outer == null ? new Weights(this::plain) : outer.weights;
        this.tree = tree;
        this.days = days;
        this.explained = explained;
        this.within = within;
    }

    boolean isExplained() {
        return explained != null;
    }

    /** Tells what a row did. */
    void tell(MappingRow row, String origin, String found, List<String> steps, ExplainedRow.End end, String result) {
        explained.accept(new ExplainedRow(row.at(), within + row.target(), origin, found, steps, end, result));
    }

    Days days() {
        return days;
    }

    JsonNode tree() {
        return tree;
    }

    Effort effort() {
        return effort;
    }

    /** Of what expressions make of this tree. */
    Weights weights() {
        return weights;
    }

    Object plain() {
        if (plain == null) {
            plain = outer == null ? plain(tree) : plainInside(outer);
        }
        return plain;
    }

    /** A list may be long, and what stands around it is the same for each of its elements. */
    private Object plainInside(Source around) {
        Map<Object, Object> inner = new LinkedHashMap<>((Map<?, ?>) around.plain());
        inner.remove(ITEM);
        if (!tree.path(ITEM).isNull()) {
            inner.put(ITEM, plain(tree.path(ITEM)));
        }
        inner.put(INDEX, plain(tree.path(INDEX)));
        return inner;
    }

    /**
     * The same tree with one element of a list as {@code item} and its number, from 1, as {@code index}.
     *
     * @param target the list that is written
     */
    Source at(TreePath target, JsonNode item, int index) {
        ObjectNode inner = MAPPER.createObjectNode();
        inner.setAll((ObjectNode) tree);
        inner.set(ITEM, item);
        inner.put(INDEX, index);
        String place = explained == null ? "" : "%s%s[%d].".formatted(within, target, index);
        return new Source(inner, days, explained, place, this);
    }

    private static Object plain(JsonNode node) {
        if (node.isObject()) {
            Map<String, Object> map = new LinkedHashMap<>();
            node.properties().forEach(entry -> {
                if (!entry.getValue().isNull()) {
                    map.put(entry.getKey(), plain(entry.getValue()));
                }
            });
            return map;
        }
        if (node.isArray()) {
            List<Object> list = new ArrayList<>();
            node.forEach(child -> list.add(plain(child)));
            return list;
        }
        return scalar(node);
    }

    private static Object scalar(JsonNode node) {
        if (node.isBoolean()) {
            return node.booleanValue();
        }
        if (node.isNumber()) {
            BigDecimal number = node.decimalValue();
            boolean whole = number.stripTrailingZeros().scale() <= 0;
            return whole && number.abs().compareTo(BigDecimal.valueOf(Integer.MAX_VALUE)) <= 0
                    ? (Object) number.intValue()
                    : (Object) number.doubleValue();
        }
        return node.asString("");
    }
}
