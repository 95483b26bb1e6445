package org.shuniu.store;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;

/**
 * One message to one receiver, as it is opened.
 *
 * @param queue {@code application} for work, {@code result} for what goes back to a sender
 * @param delay after which it is due
 * @param body the message's sealed body, carried so that the dispatch needs no read
 * @param awaits how much it waits for that others must give first
 */
public record Delivery(
        UUID id,
        UUID messageId,
        String document,
        String caseNo,
        String receiver,
        String queue,
        boolean urgent,
        Instant openedAt,
        Duration delay,
        byte[] body,
        int awaits) {

    public static final String WORK = "application";
    public static final String RETURN = "result";

    /** What keeps no order within its case, never holds anything up and travels after everything that does. */
    private static final Set<String> OUTSIDE_LANES =
            Set.of("receipt", "evidence", "step", "progress", "notification", "order-query");

    boolean inLane() {
        return !OUTSIDE_LANES.contains(document);
    }

    /** Opens a delivery of this message that is not urgent. */
    public static Delivery of(StoredMessage message, String receiver, String queue) {
        return of(message, receiver, queue, false);
    }

    /**
     * Opens a delivery of this message.
     *
     * @param urgent whether it goes before others that wait for the same receiver
     */
    public static Delivery of(StoredMessage message, String receiver, String queue, boolean urgent) {
        return new Delivery(
                TimeOrderedId.next(),
                message.id(),
                message.document(),
                message.caseNo(),
                receiver,
                queue,
                urgent,
                message.acceptedAt(),
                Duration.ZERO,
                message.body(),
                0);
    }

    /** The same delivery, due later. */
    public Delivery after(Duration wait) {
        return new Delivery(id, messageId, document, caseNo, receiver, queue, urgent, openedAt, wait, body, awaits);
    }

    /** The same delivery, held until others have given so much. */
    public Delivery awaiting(int others) {
        return new Delivery(id, messageId, document, caseNo, receiver, queue, urgent, openedAt, delay, body, others);
    }
}
