package org.shuniu.simulator;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A request to the economy commission: what kind it is and what it says. */
record EconomyRequest(Effect effect, JsonNode body) {
    private static final List<String> ALWAYS = List.of("/requestId", "/applyNo", "/itemCode", "/applyTime");
    private static final List<String> APPLICATION =
            List.of("/itemName", "/person/name", "/person/certType", "/person/certNo", "/channel");

    static EconomyRequest read(Effect effect, HttpCall call) {
        try {
            return new EconomyRequest(effect, JsonMapper.shared().readTree(call.body()));
        } catch (JacksonException e) {
            return new EconomyRequest(effect, JsonMapper.shared().createObjectNode());
        }
    }

    String requestId() {
        return text("/requestId");
    }

    String applyNo() {
        return text("/applyNo");
    }

    boolean isRefused() {
        return text("/purpose").contains("REFUSE") || text("/remark").contains("REFUSE");
    }

    List<String> missing() {
        List<String> missing = new ArrayList<>(ALWAYS);
        if (effect == Effect.APPLICATION) {
            missing.addAll(APPLICATION);
        }
        for (int i = 0; i < body.path("certificates").size(); i++) {
            String certificate = "/certificates/" + i;
            missing.add(certificate + "/state");
            if (text(certificate + "/state").equals("ready")) {
                missing.addAll(List.of(certificate + "/copyNo", certificate + "/content/watermark"));
            }
        }
        missing.removeIf(pointer -> !text(pointer).isBlank());
        return missing;
    }

    private String text(String pointer) {
        return body.at(pointer).asString("");
    }
}
