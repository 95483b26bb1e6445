package org.shuniu.translator;

import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Content Filter: leaves of an envelope only what may go to one partner, before any mapping sees it.
 *
 * <p>Fields are names joined by dots; a name stands for everything below it.
 */
record AllowedFields(List<String> fields) {

    ObjectNode filter(ObjectNode envelope) {
        return filter(envelope, "");
    }

    private ObjectNode filter(ObjectNode tree, String prefix) {
        ObjectNode kept = JsonNodeFactory.instance.objectNode();
        for (Map.Entry<String, JsonNode> entry : tree.properties()) {
            String path = prefix + entry.getKey();
            if (fields.contains(path)) {
                kept.set(entry.getKey(), entry.getValue());
            } else if (entry.getValue() instanceof ObjectNode inner && leadsTo(path + ".")) {
                kept.set(entry.getKey(), filter(inner, path + "."));
            }
        }
        return kept;
    }

    private boolean leadsTo(String prefix) {
        return fields.stream().anyMatch(field -> field.startsWith(prefix));
    }
}
