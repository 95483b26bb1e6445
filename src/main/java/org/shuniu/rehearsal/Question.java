package org.shuniu.rehearsal;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * On which recorded messages a candidate is tried.
 *
 * @param mapping the only one that is looked at, such as {@code application.out}, or null for all
 * @param last so many of each direction at most, the newest
 * @param since none that was recorded before
 */
record Question(String partner, @Nullable String mapping, int last, Instant since) {

    /** More than these take longer than a call may. */
    static final int MOST = 50_000;

    Question {
        if (last < 1 || last > MOST) {
            throw new IllegalArgumentException("last: found %d, expected 1 to %d".formatted(last, MOST));
        }
    }

    boolean asksFor(String mapping) {
        return this.mapping == null || this.mapping.equals(mapping);
    }
}
