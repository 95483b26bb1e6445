package org.shuniu.conformance;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
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
        /** It has said nothing, and should have. */
        SILENT,
        /** Nobody can tell. */
        UNCLEAR
    }

    /**
     * What tells one decision from another; a text is empty where the office does not say it in every way in which it tells.
     *
     * @param state how the case ended
     */
    record Mark(String event, String officeNo, String state) {

        /** Whether both say something of the same and say another thing: then it is decided twice. */
        boolean contradicts(Mark other) {
            return differ(event, other.event) || differ(officeNo, other.officeNo) || differ(state, other.state);
        }

        /** All that one of the two says. */
        Mark with(Mark other) {
            return new Mark(
                    event.isEmpty() ? other.event : event,
                    officeNo.isEmpty() ? other.officeNo : officeNo,
                    state.isEmpty() ? other.state : state);
        }

        /** How many decisions these speak of; what says least of itself is held against the others last. */
        static int decisions(Collection<Mark> marks) {
            List<Mark> different = new ArrayList<>();
            for (Mark mark : marks.stream()
                    .sorted(Comparator.comparingLong(Mark::says).reversed())
                    .toList()) {
                Optional<Mark> same =
                        different.stream().filter(one -> !one.contradicts(mark)).findFirst();
                same.ifPresent(different::remove);
                different.add(same.map(one -> one.with(mark)).orElse(mark));
            }
            return different.size();
        }

        private long says() {
            return Stream.of(event, officeNo, state)
                    .filter(text -> !text.isEmpty())
                    .count();
        }

        private static boolean differ(String one, String other) {
            return !one.isEmpty() && !other.isEmpty() && !one.equals(other);
        }
    }

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
        return isOfCase(message.caseNo()) || messageId().equals(message.id().toString());
    }

    /** Whether it speaks of this very message, and not of another one of its case. */
    boolean answers(Message message) {
        String of = messageId();
        return of.isEmpty()
                ? message.isApplication() && isOfCase(message.caseNo())
                : of.equals(message.id().toString());
    }

    boolean isOfCase(String caseNo) {
        return caseNo().equals(caseNo);
    }

    /** Whether it speaks of a case that only a suite makes up. */
    boolean isMadeUp() {
        return MadeUpCases.isOne(caseNo());
    }

    /** Of which it speaks, or an empty text. */
    String caseNo() {
        return text("caseNo");
    }

    /** Of which it speaks, or an empty text. */
    String messageId() {
        return text("messageId");
    }

    private String text(String field) {
        return reading == null || reading.document() == null
                ? ""
                : reading.document().path(field).asString("");
    }

    /** Of a decision. */
    Optional<Mark> mark() {
        if (!isDecision()) {
            return Optional.empty();
        }
        String event = reading.eventId();
        return Optional.of(new Mark(
                event == null ? "" : event,
                reading.document().path("departmentCaseNo").asString(""),
                reading.document().path("status").asString("")));
    }

    /** By which the office wants to be asked, if it says so. */
    Optional<String> ticket() {
        return Optional.ofNullable(reading).map(Reading::marks).map(Reading.Marks::ticket);
    }
}
