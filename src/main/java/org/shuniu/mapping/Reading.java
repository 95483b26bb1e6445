package org.shuniu.mapping;

import tools.jackson.databind.node.ObjectNode;

/**
 * What an answer says.
 *
 * @param reason short, without personal data, or null
 * @param documentType {@code result} or {@code status}; null when the answer carries no document
 * @param document canonical, or null
 * @param marks what the partner calls the event, or null when the answer carries no document
 */
public record Reading(Verdict verdict, String reason, String documentType, ObjectNode document, Marks marks) {

    /**
     * What a partner's own numbers tell of a document.
     *
     * @param eventId its id of the event, or null
     * @param order its number among the messages of the case, or null
     * @param ticket by which it wants to be asked for the result, or null
     */
    public record Marks(String eventId, Long order, String ticket) {}

    public String eventId() {
        return marks == null ? null : marks.eventId();
    }
}
