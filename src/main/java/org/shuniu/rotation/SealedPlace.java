package org.shuniu.rotation;

import java.util.Map;
import java.util.Optional;

/** Somewhere sealed values lie that can move to the current key step by step. */
interface SealedPlace {

    /**
     * What one step did.
     *
     * @param last where the next step goes on
     * @param counts values a key, as they are after the step
     */
    record Step(String last, Map<Integer, Long> counts, int moved) {}

    String name();

    /** Moves the next values after {@code after}, which is empty at first; nothing when there are none. */
    Optional<Step> step(String after, int most);
}
