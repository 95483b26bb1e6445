package org.shuniu.simulator;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The desk of a centre: decides on a task by the words REFUSE and CORRECT in it, and says so to the hub by callback.
 *
 * <p>The word PAPER has the paper of an accepted case posted to its home centre.
 */
final class CentreDesk {
    private static final String PRE_REVIEW = "pre-review";
    private static final String ACCEPTANCE = "acceptance";
    private static final String SUPPLEMENT = "supplement";
    private static final String WITHDRAWAL = "withdrawal";
    private static final String PAPER = "paper";
    private static final String PAPERS = "papers";
    private static final Set<String> KINDS =
            new TreeSet<>(Set.of(PRE_REVIEW, ACCEPTANCE, SUPPLEMENT, WITHDRAWAL, PAPER, PAPERS));
    private static final Set<String> DECIDED = Set.of(PRE_REVIEW, ACCEPTANCE, SUPPLEMENT);
    private static final Duration THINKING = Duration.ofSeconds(1);

    private final HubCallbacks callbacks;
    private final CentreMail mail;

    CentreDesk(HubCallbacks callbacks, CentreMail mail) {
        this.callbacks = callbacks;
        this.mail = mail;
    }

    static boolean knows(String kind) {
        return KINDS.contains(kind);
    }

    static String kinds() {
        return String.join(", ", KINDS);
    }

    /** Decides once for each task, however often it is brought. */
    void take(JsonNode task, Fault fault) {
        String kind = task.path("kind").asString("");
        if (kind.equals(PAPER)) {
            mail.expect(task);
        }
        if (!DECIDED.contains(kind)) {
            return;
        }
        if (kind.equals(ACCEPTANCE) && says(task, "PAPER")) {
            mail.post(task);
        }
        String eventId = Fingerprint.of("AP-EV-", task.path("taskId").asString(""), 16);
        Duration thinking = fault.is(FaultKind.LATE_RESULT) ? fault.length() : THINKING;
        String body = decision(eventId, task).toString();
        Callback callback = new Callback(
                eventId,
                Partner.ACCEPTANCE_PLATFORM,
                HttpReply.JSON,
                body,
                Instant.now().plus(thinking));
        callbacks.push(callback, fault);
        if (fault.is(FaultKind.DUPLICATE_RESULT)) {
            callbacks.push(callback.withKey(eventId + "/2"), fault);
        }
    }

    private static ObjectNode decision(String eventId, JsonNode task) {
        String status = status(task);
        ObjectNode decision = JsonMapper.shared().createObjectNode();
        decision.put("eventId", eventId)
                .put("taskId", task.path("taskId").asString(""))
                .put("caseNo", task.path("caseNo").asString(""))
                .put("status", status)
                .put("statusTime", CityTime.now().format(CityTime.CANONICAL));
        if (task.hasNonNull("centre")) {
            decision.put("centre", task.path("centre").asString(""));
        }
        return decision.put("opinion", opinion(status));
    }

    private static String status(JsonNode task) {
        boolean acceptance = task.path("kind").asString("").equals(ACCEPTANCE);
        if (says(task, "REFUSE")) {
            return acceptance ? "31" : "13";
        }
        if (says(task, "CORRECT")) {
            return acceptance ? "20" : "14";
        }
        return acceptance ? "30" : "12";
    }

    private static boolean says(JsonNode task, String word) {
        boolean inText = task.path("opinion").asString("").contains(word)
                || task.path("remark").asString("").contains(word);
        return inText
                || task.path("materials")
                        .valueStream()
                        .anyMatch(material -> material.path("name").asString("").contains(word));
    }

    private static String opinion(String status) {
        return switch (status) {
            case "13", "31" -> "材料不符合要求";
            case "14", "20" -> "请补正材料";
            default -> "材料齐全";
        };
    }
}
