package org.shuniu.simulator;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Public security: signed and encrypted JSON, accepted at once and decided by callback. It recognises a repeated request,
 * and takes an identity number with a small x for none.
 */
final class PoliceSimulator implements PartnerSystem {
    private static final String QUERY = "/gateway/query";
    private static final String COUNT = "/gateway/count";
    private static final Map<String, Effect> PATHS = Map.of(
            "/gateway/accept", Effect.APPLICATION,
            "/gateway/supplement", Effect.SUPPLEMENT,
            "/gateway/revoke", Effect.WITHDRAWAL);
    private static final List<String> APPLICATION =
            List.of("/requestId", "/caseNo", "/itemCode", "/person/name", "/person/certType", "/person/certNo");
    private static final Pattern SMALL_X = Pattern.compile(".*x$");
    private static final Duration WORK = Duration.ofMillis(600);

    private final PoliceGateway gateway;
    private final Ledger ledger;
    private final HubCallbacks callbacks;

    PoliceSimulator(SecretFiles secrets, Ledger ledger, HubCallbacks callbacks) {
        this.gateway = new PoliceGateway(secrets);
        this.ledger = ledger;
        this.callbacks = callbacks;
    }

    @Override
    public Optional<HttpReply> doorkeeper(HttpCall call) {
        boolean here = call.isPost()
                && (PATHS.containsKey(call.path()) || Set.of(QUERY, COUNT).contains(call.path()));
        return here ? Optional.empty() : Optional.of(HttpReply.text(404, "text/plain", "no such interface"));
    }

    @Override
    public HttpReply work(HttpCall call, Fault fault) {
        JsonNode parameters = JsonRequest.read(call.body()).body();
        Optional<ObjectNode> refusal = gateway.refusal(parameters, fault);
        if (refusal.isPresent()) {
            return HttpReply.json(401, refusal.get());
        }
        JsonRequest request = new JsonRequest(gateway.open(parameters, fault));
        ObjectNode answer = switch (call.path()) {
            case QUERY -> standing(request, fault);
            case COUNT -> count(request);
            default -> worked(PATHS.get(call.path()), request, fault);
        };
        return HttpReply.json(200, gateway.seal(answer, fault));
    }

    private ObjectNode worked(Effect effect, JsonRequest request, Fault fault) {
        boolean application = effect == Effect.APPLICATION;
        if (application && !request.missing(APPLICATION).isEmpty()) {
            return PoliceGateway.failure("40020", "缺少必填项");
        }
        if (SMALL_X.matcher(request.text("/person/certNo")).matches()) {
            return PoliceGateway.failure("40021", "证件号码格式错误");
        }
        boolean known = ledger.find(request.text("/requestId")).isPresent();
        LedgerEntry entry = ledger.once(
                request.text("/requestId"), request.text("/caseNo"), effect, request.asksForRefusal("/remark"), fault);
        boolean kept = ledger.find(entry.messageId()).isPresent();
        if (application && !known && kept && !fault.is(FaultKind.LOST_CALLBACK)) {
            tell(entry, fault);
        }
        return answer(data(entry).put("state", "ACCEPTED"));
    }

    private ObjectNode standing(JsonRequest request, Fault fault) {
        return ledger.find(request.text("/requestId"))
                .filter(entry -> !fault.is(FaultKind.FORGOTTEN))
                .map(entry -> isDecided(entry)
                        ? answer(decided(entry))
                        : answer(data(entry).put("state", "ACCEPTED")))
                .orElseGet(() -> PoliceGateway.failure("40400", "无此业务"));
    }

    private static boolean isDecided(LedgerEntry entry) {
        return CityTime.now().isAfter(entry.at().plus(WORK));
    }

    private ObjectNode count(JsonRequest request) {
        CountPage page = CountPage.of(
                ledger, request.text("/from"), request.text("/until"), CityTime.PACKED, request.text("/next"));
        ObjectNode data = JsonNodeFactory.instance.objectNode();
        ArrayNode list = data.putArray("list");
        for (Ledger.Worked worked : page.worked()) {
            LedgerEntry entry = worked.entry();
            list.addObject()
                    .put("requestId", entry.messageId())
                    .put("caseNo", entry.caseNo())
                    .put("serialNo", worked.serial("GA-S-"))
                    .put("acceptTime", entry.at().format(CityTime.PACKED))
                    .put("state", isDecided(entry) ? "DONE" : "ACCEPTED");
        }
        page.next().ifPresent(next -> data.put("next", next));
        return answer(data);
    }

    private void tell(LedgerEntry entry, Fault fault) {
        Duration wait = fault.is(FaultKind.LATE_RESULT) ? WORK.plus(fault.length()) : WORK;
        List<String> copies = fault.is(FaultKind.DUPLICATE_RESULT) ? List.of("/1", "/2") : List.of("");
        for (String copy : copies) {
            String body = gateway.seal(answer(decided(entry)), fault).toString();
            callbacks.push(
                    new Callback(
                            eventId(entry) + copy,
                            Partner.POLICE,
                            HttpReply.JSON,
                            body,
                            Instant.now().plus(wait)),
                    fault);
        }
    }

    private static ObjectNode answer(ObjectNode data) {
        ObjectNode answer = PoliceGateway.failure("0", "ok");
        answer.set("data", data);
        return answer;
    }

    private static ObjectNode decided(LedgerEntry entry) {
        ObjectNode data = data(entry)
                .put("eventId", eventId(entry))
                .put("state", entry.refused() ? "REJECTED" : "DONE")
                .put("resultTime", entry.at().plus(WORK).format(CityTime.SPACED))
                .put("resultText", entry.refused() ? "不符合规定" : "办理完成")
                .put("handler", "经办五");
        return entry.refused()
                ? data
                : data.put("certName", "居住证签注").put("certNo", Fingerprint.of("GA-C-", entry.messageId(), 12));
    }

    private static String eventId(LedgerEntry entry) {
        return Fingerprint.of("GA-EV-", entry.messageId(), 16);
    }

    private static ObjectNode data(LedgerEntry entry) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("requestId", entry.messageId())
                .put("caseNo", entry.caseNo())
                .put("policeNo", Fingerprint.of("GA2026", entry.messageId(), 12));
    }

    @Override
    public HttpReply error() {
        return HttpReply.text(503, "text/plain; charset=UTF-8", "503");
    }

    /** An answer that nobody signed. */
    @Override
    public HttpReply garbage() {
        return HttpReply.json(
                200, PoliceGateway.failure("0", "ok").put("data", "AAAA").put("sign", "00"));
    }
}
