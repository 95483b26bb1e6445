package org.shuniu.console;

import org.shuniu.document.OpenPlaces;
import org.shuniu.store.Json;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Shows how a document is built without what it says of anybody: every value is covered but codes and times of the hub's own, and every
 * name of a field that is nobody's in the hub's files.
 */
final class Masked {

    private static final int LONGEST = 12;

    private final String document;
    private final FieldNames.Naming names;

    private Masked(String document, FieldNames.Naming names) {
        this.document = document;
        this.names = names;
    }

    /**
     * The document with its structure and lengths; nothing of one that is no JSON.
     *
     * @param document what kind of the hub's own it is
     */
    static String text(String document, byte[] body, FieldNames.Naming names) {
        try {
            return new Masked(document, names).masked("", Json.tree(body)).toPrettyString();
        } catch (JacksonException other) {
            return "";
        }
    }

    private JsonNode masked(String place, JsonNode value) {
        if (value.isObject()) {
            ObjectNode covered = Json.object();
            value.properties().forEach(inner -> {
                String below = OpenPlaces.below(place, inner.getKey());
                String name = names.of(inner.getKey());
                covered.set(covered.has(name) ? name + (covered.size() + 1) : name, masked(below, inner.getValue()));
            });
            return covered;
        }
        if (value.isArray()) {
            ArrayNode covered = Json.MAPPER.createArrayNode();
            value.forEach(inner -> covered.add(masked(place, inner)));
            return covered;
        }
        if (value.isNull() || OpenPlaces.isOpen(document, place, value.asString(""))) {
            return value;
        }
        return Json.MAPPER.getNodeFactory().stringNode(text(value.asString("")));
    }

    /** In the place of a value: no more of it than how long it is, and that only when it is short. */
    static String text(String value) {
        return "*".repeat(Math.min(LONGEST, Math.max(1, value.length())));
    }
}
