package org.shuniu.simulator;

import java.util.function.Predicate;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Answers of the economy commission; all but the time follow from the request id, so a repeated one is the same. */
final class EconomyAnswers {
    private EconomyAnswers() {}

    static ObjectNode of(LedgerEntry entry) {
        if (entry.refused()) {
            return failure("E4001", "材料不符合条件", entry.messageId(), entry.caseNo());
        }
        return switch (entry.effect()) {
            case SUPPLEMENT -> success(entry, "ACCEPTED", "补正已收");
            case WITHDRAWAL -> success(entry, "WITHDRAWN", "已撤回");
            default -> done(entry);
        };
    }

    static ObjectNode processing(LedgerEntry entry) {
        ObjectNode answer = success(entry, "PROCESSING", "办理中");
        ((ObjectNode) answer.get("data")).remove("finishTime");
        return answer;
    }

    static ObjectNode failure(String code, String message, String requestId, String applyNo) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        answer.put("success", false).put("code", code).put("message", message);
        answer.putObject("data").put("requestId", requestId).put("applyNo", applyNo);
        return answer;
    }

    static ObjectNode count(CountPage page, Predicate<LedgerEntry> finished) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        answer.put("success", true).put("code", "200").put("message", "ok");
        ObjectNode data = answer.putObject("data");
        ArrayNode records = data.putArray("records");
        for (Ledger.Worked worked : page.worked()) {
            LedgerEntry entry = worked.entry();
            records.addObject()
                    .put("requestId", entry.messageId())
                    .put("applyNo", entry.caseNo())
                    .put("flowNo", worked.serial("JX-S-"))
                    .put("acceptTime", entry.at().format(CityTime.SPACED))
                    .put("finished", finished.test(entry));
        }
        page.next().ifPresent(next -> data.put("cursor", next));
        return answer;
    }

    private static ObjectNode done(LedgerEntry entry) {
        ObjectNode answer = success(entry, "DONE", "办理成功");
        ((ObjectNode) answer.get("data"))
                .put("certName", "办理结果电子凭证")
                .put("certNo", Fingerprint.of("JX-C-", entry.messageId(), 12));
        return answer;
    }

    private static ObjectNode success(LedgerEntry entry, String state, String text) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        answer.put("success", true).put("code", "200").put("message", "ok");
        answer.putObject("data")
                .put("requestId", entry.messageId())
                .put("applyNo", entry.caseNo())
                .put("acceptNo", Fingerprint.of("JX2026", entry.messageId(), 12))
                .put("state", state)
                .put("resultText", text)
                .put("finishTime", entry.at().format(CityTime.SPACED))
                .put("handler", "经办一");
        return answer;
    }
}
