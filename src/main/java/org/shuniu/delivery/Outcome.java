package org.shuniu.delivery;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.shuniu.store.Json;
import org.shuniu.versions.Translation;
import tools.jackson.databind.node.ObjectNode;

/** What an attempt came to. */
public sealed interface Outcome {

    /** A short reason without personal data, or null. */
    String reason();

    /** Outcomes in which the receiver answered for the message. */
    sealed interface Final extends Outcome {
        /** The canonical document that the answer carries, or null. */
        Said said();
    }

    /**
     * A document in a receiver's answer.
     *
     * @param document {@code result} or {@code status}
     * @param eventId the receiver's own id of the event, or null
     * @param order the receiver's number of it among its messages about the case, or null
     * @param translation what read it of the answer, or null where the hub says it itself
     * @param ticket by which the receiver wants to be asked for the result, or null
     * @param fault why nobody may believe it before a person has looked, or null
     */
    record Said(
            String document,
            String eventId,
            Long order,
            String ticket,
            ObjectNode content,
            String fault,
            Translation translation) {
        byte[] bytes() {
            return Json.bytes(content);
        }
    }

    /** The receiver has it. */
    record Delivered(Said said) implements Final {
        @Override
        public String reason() {
            return null;
        }
    }

    /** The receiver decided against it; that is a result, not a failure. */
    record Refused(String reason, Said said) implements Final {}

    /** The receiver surely did nothing; again later. */
    record Unavailable(String reason, Duration retryAfter) implements Outcome {}

    /** The receiver answers, and did nothing: other messages are in the way. Again later, like what is unavailable. */
    record NotYet(String reason, Duration retryAfter) implements Outcome {}

    /** The hub keeps it for a batch that the receiver gets later; costs no attempt. */
    record Gathered(String reason, Duration after) implements Outcome {}

    /** The hub itself did not get to it; costs no attempt. */
    record NotBegun(String reason) implements Outcome {}

    /**
     * The hub may not send what it would carry: the copies of these uses have expired and are asked for anew. Costs no attempt.
     */
    record CopiesExpired(List<UUID> uses) implements Outcome {
        public CopiesExpired {
            uses = List.copyOf(uses);
        }

        @Override
        public String reason() {
            return "copies of certificates have expired, and new ones are asked for";
        }
    }

    /** The receiver surely did nothing, because it does not accept the hub's credentials; again later. */
    record CredentialsRefused(String reason) implements Outcome {}

    /** The receiver was asked about an earlier call and never had it: that call may be repeated. */
    record NeverReceived(String reason) implements Outcome {}

    /** The hub cannot write the document for the receiver, which was not called; a person must look. */
    record Untranslatable(String reason) implements Outcome {}

    /** The receiver answered for something it was not asked about: it is not believed, and a person must look. */
    record Untrusted(String reason) implements Outcome {}

    /** The receiver answered and the database does not take what follows from it: a person must look. */
    record Unrecorded(String reason) implements Outcome {}

    /** Nobody knows whether the receiver did it. */
    record Unknown(String reason) implements Outcome {}

    /**
     * Never again as it is.
     *
     * @param fault whose: {@code receiver}, {@code hub} or {@code sender}
     */
    record Invalid(String reason, String fault) implements Outcome {}
}
