package org.shuniu.simulator;

import java.time.Instant;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Something that a partner tells the hub by itself; the key is its name in the journal, once and for all. */
record Callback(String key, String partner, String contentType, String body, Instant due) {

    static Callback of(JsonNode line) {
        return new Callback(
                line.path("key").asString(""),
                line.path("partner").asString(""),
                line.path("contentType").asString(""),
                line.path("body").asString(""),
                Instant.parse(line.path("due").asString("")));
    }

    ObjectNode toJson() {
        ObjectNode line = JsonNodeFactory.instance.objectNode();
        line.put("key", key).put("partner", partner).put("contentType", contentType);
        return line.put("body", body).put("due", due.toString());
    }

    Callback withKey(String other) {
        return new Callback(other, partner, contentType, body, due);
    }
}
