package org.shuniu.simulator;

import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The unified acceptance platform: takes news of cases and work for the centres, recognises what it was told before,
 * and decides at a centre's desk about a second later.
 */
final class AcceptancePlatformSimulator implements PartnerSystem {
    private static final String EVENTS = "/events";
    private static final String TASKS = "/centre-tasks";
    private static final Map<String, Effect> NEWS =
            Map.of("status", Effect.STATUS, "result", Effect.RESULT, "receipt", Effect.RECEIPT);

    private final SecretFiles secrets;
    private final Ledger ledger;
    private final CentreDesk desk;

    AcceptancePlatformSimulator(SecretFiles secrets, Ledger ledger, HubCallbacks callbacks, CentreMail mail) {
        this.secrets = secrets;
        this.ledger = ledger;
        this.desk = new CentreDesk(callbacks, mail);
    }

    @Override
    public Optional<HttpReply> doorkeeper(HttpCall call) {
        if (!call.isPost() || !call.path().equals(EVENTS) && !call.path().equals(TASKS)) {
            return Optional.of(problem(404, "no such address"));
        }
        boolean known = secrets.matches("acceptance-platform-secret", call.credential("Bearer"));
        return known ? Optional.empty() : Optional.of(problem(401, "unknown bearer token"));
    }

    @Override
    public HttpReply work(HttpCall call, Fault fault) {
        try {
            JsonNode body = JsonMapper.shared().readTree(call.body());
            return call.path().equals(EVENTS) ? news(body) : task(body, fault);
        } catch (JacksonException e) {
            return problem(400, "the body is not JSON");
        }
    }

    @Override
    public HttpReply error() {
        return HttpReply.errorPage();
    }

    @Override
    public HttpReply garbage() {
        return HttpReply.text(200, HttpReply.JSON, "{\"received\":");
    }

    private HttpReply news(JsonNode body) {
        String messageId = text(body, "messageId");
        Effect effect = NEWS.get(text(body, "event"));
        if (messageId.isEmpty() || text(body, "caseNo").isEmpty() || effect == null) {
            return problem(400, "messageId, caseNo and event (status, result or receipt) are required");
        }
        ledger.once(messageId, text(body, "caseNo"), effect, false);
        return HttpReply.json(200, object().put("received", true));
    }

    private HttpReply task(JsonNode body, Fault fault) {
        String taskId = text(body, "taskId");
        if (taskId.isEmpty() || text(body, "caseNo").isEmpty() || !CentreDesk.knows(text(body, "kind"))) {
            return problem(400, "taskId, caseNo and kind (" + CentreDesk.kinds() + ") are required");
        }
        ledger.once(taskId, text(body, "caseNo"), Effect.CENTRE_TASK, false);
        desk.take(body, fault);
        return HttpReply.json(200, object().put("accepted", true).put("taskNo", Fingerprint.of("T", taskId, 12)));
    }

    private static HttpReply problem(int status, String message) {
        return HttpReply.json(status, object().put("error", message));
    }

    private static ObjectNode object() {
        return JsonMapper.shared().createObjectNode();
    }

    private static String text(JsonNode body, String name) {
        return body.path(name).asString("");
    }
}
