package org.shuniu.simulator;

import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A request in JSON; one that can't be read is an empty one. */
record JsonRequest(JsonNode body) {

    static JsonRequest read(byte[] bytes) {
        try {
            return new JsonRequest(JsonMapper.shared().readTree(bytes));
        } catch (JacksonException e) {
            return new JsonRequest(JsonMapper.shared().createObjectNode());
        }
    }

    String text(String pointer) {
        return body.at(pointer).asString("");
    }

    List<String> missing(List<String> pointers) {
        return pointers.stream().filter(pointer -> text(pointer).isBlank()).toList();
    }

    /** Applications are refused by a word that the applicant writes. */
    boolean asksForRefusal(String pointer) {
        return text(pointer).contains("REFUSE");
    }
}
