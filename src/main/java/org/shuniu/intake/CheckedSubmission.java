package org.shuniu.intake;

import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/**
 * A submission that may be accepted.
 *
 * @param content the parsed document
 * @param digest SHA-256 of the bytes as received
 * @param receivedAt when the hub began with it
 */
record CheckedSubmission(Submission submission, JsonNode content, byte[] digest, Instant receivedAt) {

    boolean isPaper() {
        return submission.document().equals("paper");
    }

    /** Whether another region handed it in. */
    boolean isFromRegion() {
        return submission.cover() != null;
    }

    /** Where the papers were taken in: a centre, or the region whose window it was; null where there were none. */
    String receivingPlace() {
        return content.has("window") ? submission.partner() : text("receivingCentre");
    }

    /** What the application asks for besides its item. */
    Set<String> wishes() {
        Set<String> wishes = new TreeSet<>();
        content.path("services").properties().forEach(service -> {
            if (!service.getValue().isBoolean() || service.getValue().booleanValue()) {
                wishes.add(service.getKey());
            }
        });
        return wishes;
    }

    /** The text at this path below the document, or null. */
    String text(String... path) {
        JsonNode node = content;
        for (String name : path) {
            node = node.path(name);
        }
        return node.isString() ? node.stringValue() : null;
    }
}
