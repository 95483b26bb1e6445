package org.shuniu.delivery;

import java.time.Instant;
import java.util.UUID;
import org.shuniu.versions.Translation;

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
     * @param translation what wrote the document, or null where it was not written
     * @param asked whether the call only asked what became of an earlier one
     */
    public record Claim(UUID owner, int number, int spent, boolean asked, Translation translation) {}

    /**
     * An answer as received.
     *
     * @param id of the row that keeps it
     * @param stored whether the row is already written
     * @param receivedAt on the database's clock
     * @param askedAt when the call began of which it is the reply: what comes during a call is newer; of what came by itself the
     *     same as {@code receivedAt}
     * @param mediaType as the receiver named it, or null
     */
    public record Answer(UUID id, boolean stored, Instant receivedAt, Instant askedAt, byte[] body, String mediaType) {}

    /** The number of what wrote the document, or null. */
    Integer translation() {
        return claim == null || claim.translation() == null
                ? null
                : (Integer) claim.translation().id();
    }

    /** What is added to a step's detail: by which versions the document was written. */
    String versions() {
        return claim == null || claim.translation() == null
                ? ""
                : ", versions " + claim.translation().digest();
    }

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
                new Claim(
                        attempt.owner(), attempt.number(), attempt.spent(), attempt.askFirst(), attempt.translation()),
                outcome,
                answer);
    }
}
