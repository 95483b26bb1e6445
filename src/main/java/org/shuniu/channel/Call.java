package org.shuniu.channel;

import java.time.Duration;
import java.util.UUID;

/**
 * One call of a partner.
 *
 * @param messageId the same for every repetition, so that a receiver can recognise it
 * @param operation the document's kind, or {@code query} to ask what became of an earlier call
 * @param body in the partner's own format
 * @param deadline for everything: connecting, sending, waiting and reading
 * @param again whether the partner lost what it had taken, so that nothing left there may keep it from working this
 */
public record Call(
        UUID messageId,
        UUID deliveryId,
        String operation,
        String caseNo,
        byte[] body,
        String mediaType,
        Duration deadline,
        boolean again) {

    /** A call like any other. */
    public Call(
            UUID messageId,
            UUID deliveryId,
            String operation,
            String caseNo,
            byte[] body,
            String mediaType,
            Duration deadline) {
        this(messageId, deliveryId, operation, caseNo, body, mediaType, deadline, false);
    }
}
