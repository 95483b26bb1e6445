package org.shuniu.reconciliation;

import org.jspecify.annotations.Nullable;

/**
 * What a partner that keeps a record of its own says otherwise than the hub's.
 *
 * @param caseNo of the message, where the hub knows it
 * @param state how far the partner says that the message is, where it heals once that is on record here
 */
public record Difference(
        Kind kind,
        String messageId,
        @Nullable String caseNo,
        String detail,
        @Nullable String state) {

    /** One that only a person settles. */
    public Difference(Kind kind, String messageId, @Nullable String caseNo, String detail) {
        this(kind, messageId, caseNo, detail, null);
    }

    /** What it is. */
    public enum Kind {
        /** The partner has the hub's word for a message that is not here. */
        UNRECEIVED,
        /** One side has the other's word for a message that the other does not list. */
        UNLISTED,
        /** Both have it, and not the same. */
        ALTERED
    }
}
