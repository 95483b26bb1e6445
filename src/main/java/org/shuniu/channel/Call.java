package org.shuniu.channel;

import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One call of a partner.
 *
 * @param messageId the same for every repetition, so that a receiver can recognise it
 * @param operation the document's kind, or {@code query} to ask what became of an earlier call
 * @param body in the partner's own format
 * @param deadline for everything: connecting, sending, waiting and reading
 * @param correction what a person made of the document after it could not be worked, or null: the receiver may have the first
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
        boolean again,
        @Nullable UUID correction) {

    /** A call like any other. */
    public Call(
            UUID messageId,
            UUID deliveryId,
            String operation,
            String caseNo,
            byte[] body,
            String mediaType,
            Duration deadline) {
        this(messageId, deliveryId, operation, caseNo, body, mediaType, deadline, false, null);
    }
}
