package org.shuniu.simulator;

import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A REST system behind OAuth2 whose tokens die earlier than they promise, and which refuses under HTTP 200.
 *
 * <p>It recognises a repeated {@code requestId}. A remark or purpose with REFUSE is refused.
 */
final class EconomySimulator implements HttpPartner {

    static final String ID = "economy";

    private static final int TOKEN_USES = 50;
    private static final Map<String, String> EFFECTS = Map.of(
            "/api/v1/applications", "application",
            "/api/v1/supplements", "supplement",
            "/api/v1/withdrawals", "withdrawal");
    private static final Map<String, String> STATES =
            Map.of("application", "DONE", "supplement", "ACCEPTED", "withdrawal", "WITHDRAWN");

    private final Ledger ledger;
    private final SecretFiles secrets;
    private final Callbacks callbacks;
    private final FaultSwitch faults;
    private final Map<String, AtomicInteger> tokens = new ConcurrentHashMap<>();
    private final AtomicBoolean plainError = new AtomicBoolean();

    EconomySimulator(Ledger ledger, SecretFiles secrets, Callbacks callbacks, FaultSwitch faults) {
        this.ledger = ledger;
        this.secrets = secrets;
        this.callbacks = callbacks;
        this.faults = faults;
    }

    @Override
    public Answer answer(Request request, Fault fault) {
        if (request.path().equals("/oauth/token")) {
            return token(request);
        }
        String effect = EFFECTS.get(request.path());
        if (effect == null) {
            return Answer.json(404, Answer.JSON.createObjectNode().put("error", "not_found"));
        }
        if (!authorised(request)) {
            return Answer.json(401, Answer.JSON.createObjectNode().put("error", "invalid_token"));
        }
        return work(request, effect, fault);
    }

    private Answer token(Request request) {
        String expected = "Basic "
                + Base64.getEncoder().encodeToString(("shuniu:" + secrets.read("economy-client-secret")).getBytes());
        if (!request.authorization().equals(expected)) {
            return Answer.json(401, Answer.JSON.createObjectNode().put("error", "invalid_client"));
        }
        String token = UUID.randomUUID().toString();
        tokens.put(token, new AtomicInteger(TOKEN_USES));
        return Answer.json(
                200,
                Answer.JSON
                        .createObjectNode()
                        .put("access_token", token)
                        .put("token_type", "Bearer")
                        .put("expires_in", 300));
    }

    private boolean authorised(Request request) {
        AtomicInteger uses = tokens.get(request.authorization().replaceFirst("^Bearer ", ""));
        return uses != null && uses.getAndDecrement() > 0;
    }

    private Answer work(Request request, String effect, Fault fault) {
        JsonNode asked;
        try {
            asked = Answer.JSON.readTree(request.body());
        } catch (JacksonException broken) {
            return failure("E4000", "报文不是JSON", Answer.JSON.createObjectNode());
        }
        if (!asked.path("requestId").isString() || !asked.path("applyNo").isString()) {
            return failure("E4000", "缺少requestId或applyNo", asked);
        }
        if (effect.equals("application") && !asked.path("person").path("certNo").isString()) {
            return failure("E4000", "缺少申请人证件号码", asked);
        }
        if (asked.path("remark").asString("").contains("REFUSE")
                || asked.path("purpose").asString("").contains("REFUSE")) {
            return failure("E4001", "材料不符合条件", asked);
        }
        return done(asked, effect, fault);
    }

    private Answer done(JsonNode asked, String effect, Fault fault) {
        String id = asked.path("requestId").stringValue();
        Instant at = ledger.writeOnce(id, asked.path("applyNo").stringValue(), effect);
        ObjectNode finished = success(asked, STATES.get(effect), at);
        if (effect.equals("application") && fault == Fault.DUPLICATE_RESULT) {
            push(finished, id, 500);
            push(finished, id, 1_000);
        }
        if (effect.equals("application") && fault == Fault.LATE_RESULT) {
            push(finished, id, faults.seconds(3) * 1_000L);
            return Answer.json(200, success(asked, "PROCESSING", at));
        }
        return Answer.json(200, finished);
    }

    private void push(ObjectNode finished, String id, long millis) {
        ObjectNode event = Answer.JSON.createObjectNode().put("eventId", Numbers.of("JX-EV-", id));
        event.setAll(finished);
        callbacks.later(ID, millis, Answer.json(200, event));
    }

    private static ObjectNode success(JsonNode asked, String state, Instant at) {
        String id = asked.path("requestId").stringValue();
        ObjectNode answer = Answer.JSON
                .createObjectNode()
                .put("success", true)
                .put("code", "200")
                .put("message", "ok");
        ObjectNode data = answer.putObject("data")
                .put("requestId", id)
                .put("applyNo", asked.path("applyNo").stringValue())
                .put("acceptNo", Numbers.of("JX", id))
                .put("state", state)
                .put("handler", "经办一");
        if (state.equals("DONE")) {
            data.put("resultText", "准予办理")
                    .put("certName", "办理证明")
                    .put("certNo", Numbers.of("JXZ", id))
                    .put("finishTime", Numbers.time(at, "yyyy-MM-dd HH:mm:ss"));
        }
        return answer;
    }

    private static Answer failure(String code, String message, JsonNode asked) {
        ObjectNode answer = Answer.JSON
                .createObjectNode()
                .put("success", false)
                .put("code", code)
                .put("message", message);
        answer.putObject("data")
                .put("requestId", asked.path("requestId").asString(""))
                .put("applyNo", asked.path("applyNo").asString(""));
        return Answer.json(200, answer);
    }

    @Override
    public Answer error() {
        boolean plain = plainError.compareAndSet(false, true) || !plainError.compareAndSet(true, false);
        return plain
                ? Answer.text(503, "text/html", "<html><body>Service Unavailable</body></html>")
                : failure("E5001", "系统繁忙", Answer.JSON.createObjectNode());
    }

    @Override
    public Answer garbage() {
        return Answer.text(200, "application/json", "{\"success\":tr");
    }
}
