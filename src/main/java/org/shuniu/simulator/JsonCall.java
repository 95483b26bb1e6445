package org.shuniu.simulator;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The JSON of one call, read without complaint: what is missing is an empty text. */
record JsonCall(JsonNode body) {

    static JsonCall read(HttpCall call) {
        try {
            return new JsonCall(JsonMapper.shared().readTree(call.body()));
        } catch (JacksonException e) {
            return new JsonCall(JsonMapper.shared().createObjectNode());
        }
    }

    String text(String pointer) {
        return body.at(pointer).asString("");
    }
}
