package org.shuniu.simulator;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.node.ObjectNode;

/**
 * The economy and informatization commission: REST with tokens that die early, refusals under HTTP 200, and a memory
 * for request ids, so that a repeated one gets the stored answer and has no second effect.
 */
final class EconomySimulator implements PartnerSystem {
    private static final String COUNT = "/api/v1/applications/count";
    private static final Map<String, Effect> PATHS = Map.of(
            "/api/v1/applications", Effect.APPLICATION,
            "/api/v1/supplements", Effect.SUPPLEMENT,
            "/api/v1/withdrawals", Effect.WITHDRAWAL);

    private final EconomyTokens tokens;
    private final Ledger ledger;
    private final ResultPush results;
    private final AtomicInteger errors = new AtomicInteger();

    EconomySimulator(SecretFiles secrets, Ledger ledger, HubCallbacks callbacks) {
        this.tokens = new EconomyTokens(secrets);
        this.ledger = ledger;
        this.results = new ResultPush(Partner.ECONOMY, HttpReply.JSON, callbacks);
    }

    @Override
    public Optional<HttpReply> doorkeeper(HttpCall call) {
        if (call.isPost() && call.path().equals("/oauth/token")) {
            return Optional.of(tokens.issue(call));
        }
        if (!call.isPost() || !PATHS.containsKey(call.path()) && !call.path().equals(COUNT)) {
            return Optional.of(HttpReply.json(404, EconomyAnswers.failure("E4040", "接口不存在", "", "")));
        }
        return tokens.refusal(call);
    }

    @Override
    public HttpReply work(HttpCall call, Fault fault) {
        if (call.path().equals(COUNT)) {
            return HttpReply.json(200, count(JsonRequest.read(call.body())));
        }
        EconomyRequest request = EconomyRequest.read(PATHS.get(call.path()), call);
        List<String> missing = request.missing();
        if (!missing.isEmpty()) {
            String message = "缺少必填项: " + String.join(", ", missing);
            return HttpReply.json(
                    200, EconomyAnswers.failure("E4000", message, request.requestId(), request.applyNo()));
        }
        LedgerEntry entry =
                ledger.once(request.requestId(), request.applyNo(), request.effect(), request.isRefused(), fault);
        return HttpReply.json(200, answer(entry, fault));
    }

    @Override
    public HttpReply error() {
        boolean byStatus = errors.getAndIncrement() % 2 == 0;
        return byStatus
                ? HttpReply.text(503, "text/html; charset=UTF-8", "<html><body>503</body></html>")
                : HttpReply.json(200, EconomyAnswers.failure("E5001", "系统繁忙", "", ""));
    }

    @Override
    public HttpReply garbage() {
        return HttpReply.text(200, HttpReply.JSON, "{\"success\":tru\u0000,,");
    }

    private ObjectNode answer(LedgerEntry entry, Fault fault) {
        String eventId = eventId(entry);
        boolean application = entry.effect() == Effect.APPLICATION;
        if (application && ledger.find(entry.messageId()).isEmpty()) {
            return EconomyAnswers.processing(entry);
        }
        if (application) {
            ObjectNode event = EconomyAnswers.of(entry);
            results.push(eventId, event.put("eventId", eventId).toString(), fault);
        }
        return results.isLate(eventId) ? EconomyAnswers.processing(entry) : EconomyAnswers.of(entry);
    }

    private ObjectNode count(JsonRequest request) {
        CountPage page = CountPage.of(
                ledger, request.text("/startTime"), request.text("/endTime"), CityTime.SPACED, request.text("/cursor"));
        return EconomyAnswers.count(page, entry -> !results.isLate(eventId(entry)));
    }

    private static String eventId(LedgerEntry entry) {
        return Fingerprint.of("JX-EV-", entry.messageId(), 16);
    }
}
