package org.shuniu.console;

import org.jspecify.annotations.Nullable;
import org.shuniu.document.OpenFields;
import org.shuniu.store.Json;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Shows how a document is built without what it says of anybody: every value is covered but codes and times of the hub's own. */
final class Masked {

    private static final int LONGEST = 12;

    private Masked() {}

    /** The document with its structure and lengths; nothing of one that is no JSON. */
    static String text(byte[] document) {
        try {
            return masked("", Json.tree(document)).toPrettyString();
        } catch (JacksonException other) {
            return "";
        }
    }

    private static JsonNode masked(String field, JsonNode value) {
        if (value.isObject()) {
            ObjectNode covered = Json.object();
            value.properties().forEach(inner -> covered.set(inner.getKey(), masked(inner.getKey(), inner.getValue())));
            return covered;
        }
        if (value.isArray()) {
            ArrayNode covered = Json.MAPPER.createArrayNode();
            value.forEach(inner -> covered.add(masked(field, inner)));
            return covered;
        }
        if (value.isNull() || isOpen(field)) {
            return value;
        }
        return Json.MAPPER.getNodeFactory().stringNode(text(value.asString("")));
    }

    /** Whether a field of the hub's own documents says nothing of anybody. */
    static boolean isOpen(@Nullable String field) {
        return field != null && OpenFields.has(field);
    }

    /** In the place of a value: no more of it than how long it is, and that only when it is short. */
    static String text(String value) {
        return "*".repeat(Math.min(LONGEST, Math.max(1, value.length())));
    }
}
