package org.shuniu.mapping;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A place of an envelope that may leave, with those below it; lists have the places of their elements. */
final class Place {

    /** How much of what stands at a place may leave. */
    private enum Kind {
        /** Only what is listed below. */
        PARTS,
        /** One plain value, or a list of such. */
        VALUE,
        /** Whatever it is: nothing lists its parts. */
        WHOLE
    }

    private final Map<String, Place> below = new TreeMap<>();
    private Kind kind = Kind.PARTS;

    /** @param whole whether no schema lists its parts */
    void allow(List<String> steps, boolean whole) {
        Place at = this;
        for (String step : steps) {
            at = at.below.computeIfAbsent(step, name -> new Place());
        }
        at.kind = whole ? Kind.WHOLE : Kind.VALUE;
    }

    /** Whether anything at these steps may leave, above or below them. */
    boolean reaches(List<String> steps) {
        Place at = this;
        for (String step : steps) {
            if (at.kind == Kind.WHOLE) {
                return true;
            }
            at = at.below.get(step);
            if (at == null) {
                return false;
            }
        }
        return true;
    }

    ObjectNode filter(JsonNode tree) {
        ObjectNode kept = JsonNodeFactory.instance.objectNode();
        tree.properties().forEach(entry -> {
            Place place = below.get(entry.getKey());
            JsonNode value = place == null ? null : place.kept(entry.getValue());
            if (value != null) {
                kept.set(entry.getKey(), value);
            }
        });
        return kept;
    }

    private @Nullable JsonNode kept(JsonNode value) {
        if (kind == Kind.WHOLE) {
            return value;
        }
        if (value instanceof ArrayNode list) {
            return elements(list);
        }
        if (value instanceof ObjectNode) {
            ObjectNode parts = filter(value);
            return parts.isEmpty() ? null : parts;
        }
        return kind == Kind.VALUE ? value : null;
    }

    /** An element of which nothing may leave stays as an empty one, so that the others keep their numbers. */
    private ArrayNode elements(ArrayNode list) {
        ArrayNode kept = JsonNodeFactory.instance.arrayNode();
        for (JsonNode element : list) {
            if (element instanceof ObjectNode) {
                kept.add(filter(element));
            } else if (kind == Kind.VALUE && element.isValueNode()) {
                kept.add(element);
            }
        }
        return kept;
    }
}
