package org.shuniu.store;

import java.time.Instant;
import java.util.UUID;

/**
 * One step in the life of a case; ids and codes only, never a personal value.
 *
 * @param kind what happened, such as {@code accepted} or {@code delivered}
 * @param partner whom it concerns, or null
 * @param status the case's status after it, or null where it did not change
 * @param digest of the message that the step brought into the hub, or null
 */
public record CaseEvent(
        Instant at,
        String caseNo,
        UUID messageId,
        UUID deliveryId,
        String kind,
        String partner,
        String status,
        String detail,
        byte[] digest) {

    /** A step that brought no message. */
    public CaseEvent(
            Instant at,
            String caseNo,
            UUID messageId,
            UUID deliveryId,
            String kind,
            String partner,
            String status,
            String detail) {
        this(at, caseNo, messageId, deliveryId, kind, partner, status, detail, null);
    }
}
