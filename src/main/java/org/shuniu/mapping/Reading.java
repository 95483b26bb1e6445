package org.shuniu.mapping;

import tools.jackson.databind.node.ObjectNode;

/**
 * What an answer says.
 *
 * @param reason short, without personal data, or null
 * @param documentType {@code result} or {@code status}; null when the answer carries no document
 * @param document canonical, or null
 * @param eventId the partner's own id of the event, or null
 */
public record Reading(Verdict verdict, String reason, String documentType, ObjectNode document, String eventId) {}
