package org.shuniu.simulator;

import java.time.Instant;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The unified acceptance platform: hears what becomes of cases, and is the way to the desks of the centres.
 *
 * <p>A desk decides a pre-review or an acceptance after a moment: in favour, unless the remark says REFUSE or CORRECT.
 */
final class AcceptancePlatformSimulator implements HttpPartner {

    static final String ID = "acceptance-platform";

    private static final Map<String, String> PASSED = Map.of("pre-review", "12", "acceptance", "30");
    private static final Map<String, String> REFUSED = Map.of("pre-review", "13", "acceptance", "31");

    private final Ledger ledger;
    private final SecretFiles secrets;
    private final Callbacks callbacks;
    private final long deskDelayMillis;

    AcceptancePlatformSimulator(Ledger ledger, SecretFiles secrets, Callbacks callbacks, long deskDelayMillis) {
        this.ledger = ledger;
        this.secrets = secrets;
        this.callbacks = callbacks;
        this.deskDelayMillis = deskDelayMillis;
    }

    @Override
    public Answer answer(Request request, Fault fault) {
        if (!request.authorization().equals("Bearer " + secrets.read("acceptance-platform-secret"))) {
            return Answer.json(401, Answer.JSON.createObjectNode().put("error", "unauthorised"));
        }
        JsonNode asked;
        try {
            asked = Answer.JSON.readTree(request.body());
        } catch (JacksonException broken) {
            return Answer.json(400, Answer.JSON.createObjectNode().put("error", "not JSON"));
        }
        return request.path().equals("/centre-tasks") ? task(asked) : event(asked);
    }

    private Answer event(JsonNode event) {
        ledger.writeOnce(
                event.path("messageId").asString(),
                event.path("caseNo").asString(),
                event.path("event").asString());
        return Answer.json(200, Answer.JSON.createObjectNode().put("received", true));
    }

    private Answer task(JsonNode task) {
        String id = task.path("taskId").asString();
        if (!ledger.knows(id)) {
            Instant at = ledger.writeOnce(id, task.path("caseNo").asString(), "centre-task");
            if (PASSED.containsKey(task.path("kind").asString())) {
                callbacks.later(ID, deskDelayMillis, Answer.json(200, decision(task, at)));
            }
        }
        return Answer.json(
                200, Answer.JSON.createObjectNode().put("accepted", true).put("taskNo", Numbers.of("T", id)));
    }

    private static ObjectNode decision(JsonNode task, Instant at) {
        String kind = task.path("kind").stringValue();
        String remark = task.path("remark").asString("");
        String status = PASSED.get(kind);
        if (remark.contains("REFUSE")) {
            status = REFUSED.get(kind);
        } else if (remark.contains("CORRECT") && kind.equals("pre-review")) {
            status = "14";
        }
        String id = task.path("taskId").stringValue();
        return Answer.JSON
                .createObjectNode()
                .put("eventId", Numbers.of("DESK-", id + status))
                .put("taskId", id)
                .put("caseNo", task.path("caseNo").asString())
                .put("status", status)
                .put("statusTime", Numbers.time(at, "yyyyMMdd'T'HHmmss"))
                .put("centre", task.path("centre").asString("31010100201"))
                .put("opinion", "窗口意见");
    }

    @Override
    public Answer error() {
        return Answer.text(503, "text/html", "<html><body>Service Unavailable</body></html>");
    }

    @Override
    public Answer garbage() {
        return Answer.text(200, "application/json", "<html>ok</html>");
    }
}
