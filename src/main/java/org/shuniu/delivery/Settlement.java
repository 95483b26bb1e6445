package org.shuniu.delivery;

import java.util.UUID;

/**
 * What is to be recorded of a delivery.
 *
 * @param claim the claim under which the outcome came, or null when it came by itself (callback, row)
 * @param answer the receiver's answer, or null when there was none
 */
public record Settlement(UUID deliveryId, String caseNo, String receiver, Claim claim, Outcome outcome, Answer answer) {

    /**
     * The claim that an outcome which is not final may give back.
     *
     * @param asked whether the call only asked what became of an earlier one
     */
    public record Claim(UUID owner, int number, int spent, boolean asked) {}

    /**
     * An answer as received.
     *
     * @param id of the row that keeps it
     * @param stored whether the row is already written
     * @param mediaType as the receiver named it, or null
     */
    public record Answer(UUID id, boolean stored, byte[] body, String mediaType) {}

    Settlement withoutAnswer() {
        return new Settlement(deliveryId, caseNo, receiver, claim, outcome, null);
    }

    /** What is recorded instead when this settlement itself can't be: the answer unread, the delivery for a person. */
    Settlement unrecordable(String why) {
        return new Settlement(deliveryId, caseNo, receiver, claim, new Outcome.Unrecorded(why), answer);
    }

    boolean isUnrecordable() {
        return outcome instanceof Outcome.Unrecorded;
    }

    static Settlement of(Attempt attempt, Outcome outcome, Answer answer) {
        return new Settlement(
                attempt.deliveryId(),
                attempt.file().caseNo(),
                attempt.receiver(),
                new Claim(attempt.owner(), attempt.number(), attempt.spent(), attempt.askFirst()),
                outcome,
                answer);
    }
}
