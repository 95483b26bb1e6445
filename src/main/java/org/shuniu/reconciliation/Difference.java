package org.shuniu.reconciliation;

import org.jspecify.annotations.Nullable;

/**
 * What a partner that keeps a record of its own says otherwise than the hub's.
 *
 * @param caseNo of the message, where the hub knows it
 */
public record Difference(
        Kind kind, String messageId, @Nullable String caseNo, String detail) {

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
