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
 * @param endBy {@link System#nanoTime} after which nothing of it may be sent: a process that stood still sends nothing late
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
        @Nullable UUID correction,
        long endBy) {

    /** A call that begins now. */
    public Call(
            UUID messageId,
            UUID deliveryId,
            String operation,
            String caseNo,
            byte[] body,
            String mediaType,
            Duration deadline,
            boolean again,
            @Nullable UUID correction) {
        this(
                messageId,
                deliveryId,
                operation,
                caseNo,
                body,
                mediaType,
                deadline,
                again,
                correction,
                System.nanoTime() + deadline.toNanos());
    }

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

    /** The same call, beginning now. */
    public Call begun() {
        return new Call(messageId, deliveryId, operation, caseNo, body, mediaType, deadline, again, correction);
    }

    /** Whether its time is over. */
    boolean isOver() {
        return System.nanoTime() - endBy >= 0;
    }
}
