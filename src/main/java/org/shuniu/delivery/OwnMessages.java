package org.shuniu.delivery;

import java.util.UUID;

/** Messages that the hub sent for itself: what a partner reports of them is about no case. */
@FunctionalInterface
public interface OwnMessages {

    /**
     * Keeps what became of one of them.
     *
     * @param state in the partner's word
     * @return whether it is one of them
     */
    boolean reported(UUID messageId, String state);
}
