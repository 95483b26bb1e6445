package org.shuniu.simulator;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The housing commission: gives a ticket and wants to be asked by it. A result is served once; a repeated application
 * gets a new ticket where the old one is of no more use, and has no second effect.
 */
final class HousingSimulator implements PartnerSystem {
    private static final String QUERY = "/api/tickets/query";
    private static final String COUNT = "/api/tickets/count";
    private static final Map<String, Effect> PATHS = Map.of(
            "/api/tickets", Effect.APPLICATION,
            "/api/tickets/supplement", Effect.SUPPLEMENT,
            "/api/tickets/withdraw", Effect.WITHDRAWAL);
    private static final List<String> APPLICATION =
            List.of("/requestNo", "/caseNo", "/itemCode", "/applicant/name", "/applicant/certNo");
    private static final Duration WORK = Duration.ofSeconds(1);

    private final SecretFiles secrets;
    private final Ledger ledger;
    private final HousingTickets tickets = new HousingTickets();

    HousingSimulator(SecretFiles secrets, Ledger ledger) {
        this.secrets = secrets;
        this.ledger = ledger;
    }

    @Override
    public Optional<HttpReply> doorkeeper(HttpCall call) {
        if (!call.isPost()
                || !PATHS.containsKey(call.path()) && !Set.of(QUERY, COUNT).contains(call.path())) {
            return Optional.of(HttpReply.json(404, failure("NO_SUCH_SERVICE", "服务不存在")));
        }
        boolean known = secrets.matches("housing-secret", call.credential("Bearer"));
        return known ? Optional.empty() : Optional.of(HttpReply.json(401, failure("NO_TOKEN", "令牌无效")));
    }

    @Override
    public HttpReply work(HttpCall call, Fault fault) {
        JsonRequest request = JsonRequest.read(call.body());
        if (call.path().equals(QUERY)) {
            return HttpReply.json(200, standing(request.text("/ticket"), fault));
        }
        if (call.path().equals(COUNT)) {
            return HttpReply.json(200, count(request, fault));
        }
        Effect effect = PATHS.get(call.path());
        if (effect == Effect.APPLICATION && !request.missing(APPLICATION).isEmpty()) {
            return HttpReply.json(200, failure("INCOMPLETE", "缺少必填项"));
        }
        LedgerEntry entry = ledger.once(
                request.text("/requestNo"), request.text("/caseNo"), effect, request.asksForRefusal("/remark"), fault);
        ObjectNode answer = answer().put("success", true);
        if (effect == Effect.APPLICATION) {
            answer.put("ticket", tickets.issue(entry.messageId()))
                    .put("caseNo", entry.caseNo())
                    .put("acceptTime", entry.at().format(CityTime.SPACED));
        }
        return HttpReply.json(200, answer);
    }

    private ObjectNode standing(String ticket, Fault fault) {
        ObjectNode answer = answer().put("success", true).put("ticket", ticket);
        Optional<String> message = tickets.find(ticket);
        if (fault.is(FaultKind.TICKET_EXPIRED)) {
            tickets.expire(ticket);
        }
        if (message.isEmpty() || tickets.isExpired(ticket)) {
            return answer.put("status", message.isEmpty() ? "UNKNOWN" : "EXPIRED");
        }
        // Its desk knows of the ticket, even where its office has nothing of the matter behind it.
        LedgerEntry entry = ledger.find(message.get()).orElse(null);
        if (entry == null || isPending(entry, fault)) {
            return answer.put("status", "PENDING");
        }
        if (!tickets.serve(ticket)) {
            return answer.put("status", "SERVED");
        }
        answer.put("status", "FINISHED").set("result", result(entry));
        return answer;
    }

    private static boolean isPending(LedgerEntry entry, Fault fault) {
        return fault.is(FaultKind.PENDING) || CityTime.now().isBefore(entry.at().plus(WORK));
    }

    private ObjectNode count(JsonRequest request, Fault fault) {
        CountPage page = CountPage.of(
                ledger, request.text("/beginTime"), request.text("/endTime"), CityTime.SPACED, request.text("/after"));
        ObjectNode answer = answer().put("success", true);
        ArrayNode records = answer.putArray("records");
        for (Ledger.Worked worked : page.worked()) {
            LedgerEntry entry = worked.entry();
            records.addObject()
                    .put("requestNo", entry.messageId())
                    .put("caseNo", entry.caseNo())
                    .put("recordNo", worked.serial("ZJ-S-"))
                    .put("acceptTime", entry.at().format(CityTime.SPACED))
                    .put("closed", isPending(entry, fault) ? "N" : "Y");
        }
        page.next().ifPresent(next -> answer.put("after", next));
        return answer;
    }

    private static ObjectNode result(LedgerEntry entry) {
        ObjectNode result = answer().put("requestNo", entry.messageId())
                .put("caseNo", entry.caseNo())
                .put("resultNo", Fingerprint.of("ZJ2026", entry.messageId(), 12))
                .put("conclusion", entry.refused() ? "REJECT" : "PASS")
                .put("conclusionText", entry.refused() ? "不符合准入条件" : "符合条件，准予办理")
                .put("finishTime", entry.at().plus(WORK).format(CityTime.SPACED))
                .put("handler", "经办四");
        return entry.refused()
                ? result
                : result.put("certName", "住房保障办理结果通知书").put("certNo", Fingerprint.of("ZJ-C-", entry.messageId(), 12));
    }

    @Override
    public HttpReply error() {
        return HttpReply.json(200, failure("BUSY", "系统繁忙"));
    }

    @Override
    public HttpReply garbage() {
        return HttpReply.text(200, HttpReply.JSON, "{\"success\":true,\"ticket\":");
    }

    private static ObjectNode failure(String code, String message) {
        return answer().put("success", false).put("code", code).put("message", message);
    }

    private static ObjectNode answer() {
        return JsonNodeFactory.instance.objectNode();
    }
}
