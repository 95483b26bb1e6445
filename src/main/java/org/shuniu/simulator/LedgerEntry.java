package org.shuniu.simulator;

import java.time.OffsetDateTime;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** One effect at a simulated partner; {@code refused} says that the effect was a refusal. */
record LedgerEntry(String messageId, String caseNo, Effect effect, OffsetDateTime at, boolean refused) {

    static LedgerEntry of(JsonNode line) {
        return new LedgerEntry(
                line.path("messageId").asString(""),
                line.path("caseNo").asString(""),
                Effect.of(line.path("effect").asString("")),
                OffsetDateTime.parse(line.path("at").asString("")),
                line.path("refused").asBoolean(false));
    }

    ObjectNode toJson() {
        ObjectNode line = JsonNodeFactory.instance.objectNode();
        line.put("messageId", messageId).put("caseNo", caseNo);
        line.put("effect", effect.id()).put("at", at.toString());
        if (refused) {
            line.put("refused", true);
        }
        return line;
    }
}
