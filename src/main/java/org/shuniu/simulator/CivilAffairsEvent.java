package org.shuniu.simulator;

import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** One numbered step of a case at the civil affairs bureau; a repeated one is the same to the last character. */
record CivilAffairsEvent(LedgerEntry entry, int number, String state) {

    static ObjectNode failure(String code, String message) {
        return JsonNodeFactory.instance.objectNode().put("code", code).put("msg", message);
    }

    /** The 202: a number of its own, nothing of the case. */
    static ObjectNode taken(LedgerEntry entry) {
        ObjectNode answer = failure("0", "已接收");
        data(answer, entry).put("state", "ACCEPTED");
        return answer;
    }

    String id() {
        return Fingerprint.of("MZ-EV-", entry.messageId() + "/" + number, 16);
    }

    ObjectNode answer() {
        return of(failure("0", "ok"));
    }

    /** @param extra fields that nobody has announced */
    ObjectNode callback(boolean extra) {
        ObjectNode event = of(JsonNodeFactory.instance.objectNode());
        if (extra) {
            event.put("traceLevel", 7)
                    .putObject("ext")
                    .putArray("tags")
                    .add("x1")
                    .add(false);
            ((ObjectNode) event.get("data")).put("sybmc", "试验字段").putNull("sybbm");
        }
        return event;
    }

    private ObjectNode of(ObjectNode event) {
        event.put("eventId", id()).put("seq", number);
        ObjectNode data = data(event, entry)
                .put("state", state)
                .put("stateTime", entry.at().plusSeconds(number).format(CityTime.SPACED))
                .put("handler", "经办三");
        if (state.equals("DONE")) {
            data.put("resultText", "符合条件，准予办理")
                    .put("certName", "社会救助认定书")
                    .put("certNo", Fingerprint.of("MZ-C-", entry.messageId(), 12));
        }
        if (state.equals("REJECTED")) {
            data.put("resultText", "不符合条件");
        }
        return event;
    }

    private static ObjectNode data(ObjectNode answer, LedgerEntry entry) {
        return answer.putObject("data")
                .put("bizId", entry.messageId())
                .put("caseNo", entry.caseNo())
                .put("mzNo", Fingerprint.of("MZ2026", entry.messageId(), 12));
    }
}
