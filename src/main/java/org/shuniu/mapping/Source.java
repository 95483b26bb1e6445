package org.shuniu.mapping;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The tree a mapping reads, and the same as plain maps and lists for expressions, made only when one asks. */
final class Source {

    static final JsonMapper MAPPER = JsonMapper.builder().build();

    private final JsonNode tree;
    private final Days days;
    private Object plain;

    Source(JsonNode tree, Days days) {
        this.tree = tree;
        this.days = days;
    }

    Days days() {
        return days;
    }

    JsonNode tree() {
        return tree;
    }

    Object plain() {
        if (plain == null) {
            plain = plain(tree);
        }
        return plain;
    }

    /** The same tree with one element of a list as {@code item} and its number, from 1, as {@code index}. */
    Source at(JsonNode item, int index) {
        ObjectNode inner = MAPPER.createObjectNode();
        inner.setAll((ObjectNode) tree);
        inner.set("item", item);
        inner.put("index", index);
        return new Source(inner, days);
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
