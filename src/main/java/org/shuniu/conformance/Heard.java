package org.shuniu.conformance;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.shuniu.mapping.Reading;

/**
 * What an office said, as the hub understands it.
 *
 * @param said the same in words
 * @param reading null where {@code result.in} had nothing to read
 * @param misfit why the canonical document in it would not be taken, or null
 */
record Heard(
        Meaning meaning,
        String said,
        @Nullable Reading reading,
        @Nullable String misfit) {

    private static final String RESULT = "result";

    /** What follows for the message. */
    enum Meaning {
        TAKEN,
        REFUSED,
        INVALID,
        CREDENTIALS_REFUSED,
        UNAVAILABLE,
        NEVER_RECEIVED,
        /** Nobody can tell. */
        UNCLEAR
    }

    /** What tells one decision from another. */
    record Mark(String event, String officeNo) {}

    static Heard without(Meaning meaning, String said) {
        return new Heard(meaning, said, null, null);
    }

    boolean is(Meaning other) {
        return meaning == other;
    }

    /** Whether it says how the case ended. */
    boolean isDecision() {
        return reading != null && RESULT.equals(reading.documentType());
    }

    /** Whether it speaks of this case by its number or its message. */
    boolean isAbout(Message message) {
        return reading != null
                && reading.document() != null
                && (reading.document().path("caseNo").asString("").equals(message.caseNo())
                        || reading.document()
                                .path("messageId")
                                .asString("")
                                .equals(message.id().toString()));
    }

    /** Of a decision. */
    Optional<Mark> mark() {
        if (!isDecision()) {
            return Optional.empty();
        }
        String event = reading.eventId();
        return Optional.of(new Mark(
                event == null ? "" : event,
                reading.document().path("departmentCaseNo").asString("")));
    }

    /** By which the office wants to be asked, if it says so. */
    Optional<String> ticket() {
        return Optional.ofNullable(reading).map(Reading::marks).map(Reading.Marks::ticket);
    }
}
