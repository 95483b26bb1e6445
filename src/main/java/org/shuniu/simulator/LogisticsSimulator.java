package org.shuniu.simulator;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The courier: takes a shipment of a result, or of paper between two centres, unless nobody goes there, and tells each step of its way. */
final class LogisticsSimulator implements PartnerSystem {
    private static final List<String> STEPS = List.of("COLLECTED", "IN_TRANSIT", "SIGNED");
    private static final List<String> SHUFFLED = List.of("IN_TRANSIT", "SIGNED", "COLLECTED");
    private static final String ORDERS = "/shipments";
    private static final String COUNT = "/shipments/count";
    private static final String PAPER = "PAPER";
    private static final long STEP_MILLIS = 400;

    private final SecretFiles secrets;
    private final Ledger ledger;
    private final HubCallbacks callbacks;

    LogisticsSimulator(SecretFiles secrets, Ledger ledger, HubCallbacks callbacks) {
        this.secrets = secrets;
        this.ledger = ledger;
        this.callbacks = callbacks;
    }

    @Override
    public Optional<HttpReply> doorkeeper(HttpCall call) {
        if (!call.isPost() || !Set.of(ORDERS, COUNT).contains(call.path())) {
            return Optional.of(HttpReply.text(404, "text/plain", "404"));
        }
        boolean known = secrets.matches("logistics-secret", call.credential("Bearer"));
        return known ? Optional.empty() : Optional.of(HttpReply.text(401, "text/plain", "401"));
    }

    @Override
    public HttpReply work(HttpCall call, Fault fault) {
        JsonCall request = JsonCall.read(call);
        if (call.path().equals(COUNT)) {
            return HttpReply.json(200, count(request));
        }
        boolean paper = request.text("/kind").equals(PAPER);
        if (request.text("/requestId").isEmpty()
                || request.text(paper ? "/recipient/centre" : "/recipient/address")
                        .isEmpty()) {
            return HttpReply.json(200, object().put("code", "INCOMPLETE"));
        }
        boolean refused =
                request.text("/recipient/address").contains("REFUSE") || paper && fault.is(FaultKind.NOBODY_GOES_THERE);
        boolean known = ledger.find(request.text("/requestId")).isPresent();
        LedgerEntry entry =
                ledger.once(request.text("/requestId"), request.text("/caseNo"), Effect.ORDER, refused, fault);
        boolean kept = ledger.find(entry.messageId()).isPresent();
        if (!known && kept && !refused) {
            track(entry, fault.is(FaultKind.TRACKING_OUT_OF_ORDER) ? SHUFFLED : STEPS, request.text("/kind"));
        }
        ObjectNode answer = step(entry, 0, request.text("/kind"));
        return HttpReply.json(200, refused ? answer.put("code", "ADDRESS_REFUSED") : answer.put("state", "TAKEN"));
    }

    private ObjectNode count(JsonCall request) {
        CountPage page = CountPage.of(
                ledger, request.text("/from"), request.text("/until"), CityTime.SPACED, request.text("/cursor"));
        ObjectNode answer = object();
        ArrayNode shipments = answer.putArray("shipments");
        for (Ledger.Worked worked : page.worked()) {
            LedgerEntry entry = worked.entry();
            OffsetDateTime signed = entry.at().plus(Duration.ofMillis(STEP_MILLIS * STEPS.size()));
            shipments
                    .addObject()
                    .put("requestId", entry.messageId())
                    .put("caseNo", entry.caseNo())
                    .put("waybillNo", worked.serial("WL-"))
                    .put("takenAt", entry.at().format(CityTime.SPACED))
                    .put("over", entry.refused() || CityTime.now().isAfter(signed));
        }
        page.next().ifPresent(next -> answer.put("next", next));
        return answer;
    }

    private void track(LedgerEntry entry, List<String> order, String kind) {
        Map<String, Integer> times = Map.of("COLLECTED", 1, "IN_TRANSIT", 2, "SIGNED", 3);
        for (int i = 0; i < order.size(); i++) {
            String state = order.get(i);
            String eventId = Fingerprint.of("WL-EV-", entry.messageId() + state, 16);
            ObjectNode event =
                    step(entry, times.get(state), kind).put("state", state).put("eventId", eventId);
            Instant due = Instant.now().plusMillis(STEP_MILLIS * (i + 1));
            callbacks.push(
                    new Callback(eventId, Partner.LOGISTICS, HttpReply.JSON, event.toString(), due), Fault.none());
        }
    }

    private static ObjectNode step(LedgerEntry entry, int seconds, String kind) {
        return object().put("kind", kind)
                .put("requestId", entry.messageId())
                .put("caseNo", entry.caseNo())
                .put("waybillNo", Fingerprint.of("WL-", entry.messageId(), 12))
                .put("at", entry.at().withNano(0).plusSeconds(seconds).toString());
    }

    @Override
    public HttpReply error() {
        return HttpReply.json(200, object().put("code", "BUSY"));
    }

    @Override
    public HttpReply garbage() {
        return HttpReply.text(200, HttpReply.JSON, "{\"state\":");
    }

    private static ObjectNode object() {
        return JsonMapper.shared().createObjectNode();
    }
}
