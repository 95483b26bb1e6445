package org.shuniu.reconciliation;

import java.util.Optional;

/** What the two records of one message come to. */
enum Judgement {
    /** The hub has the partner's word that it took the message, and the partner does not count it. */
    LOST,
    /** The message had more than one effect. */
    DOUBLED,
    /** The partner has it, and its result is not here in time. */
    LATE,
    /** The partner has it, and the hub does not know that it was taken. */
    UNRECORDED,
    /** The partner has the hub's word for a message that is not here. */
    UNRECEIVED,
    /** The partner does not list a message that it sent, or took, by a word that is here. */
    UNLISTED,
    /** Both have the message, and not the same. */
    ALTERED;

    static Judgement of(Difference difference) {
        return valueOf(difference.kind().name());
    }

    String word() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }

    /**
     * Of a message that the hub sent.
     *
     * @param refused whether the partner decided against it: what it did not want it need not count
     * @param effects that the partner counts
     */
    static Optional<Judgement> ofSent(boolean refused, int effects) {
        if (effects == 0) {
            return refused ? Optional.empty() : Optional.of(LOST);
        }
        return effects > 1 ? Optional.of(DOUBLED) : Optional.empty();
    }

    /**
     * Of a message that the partner counts.
     *
     * @param state of its delivery, or null where the hub sent it no such message
     */
    static Optional<Judgement> ofCounted(String state) {
        // What is pending is on its way to be found out: it is tried again with the same id, or asked for.
        boolean known = state != null && !state.equals("parked") && !state.equals("undeliverable");
        return known ? Optional.empty() : Optional.of(UNRECORDED);
    }
}
