package org.shuniu.timelimit;

import java.util.Set;

/** What the clock of a case's time limit does in a state, by set {@code hub} of {@code case-status.csv}. */
enum CaseClock {
    /** Nobody has accepted the case yet: the limit has not begun. */
    NOT_BEGUN,
    /** The department works on it. */
    RUNS,
    /** The citizen has to do something, or the law gives the department time that does not count. */
    STANDS,
    /** It is decided, or will never be. */
    ENDS;

    private static final Set<String> RUNNING = Set.of("30", "40", "51");
    /** Special procedure, correction asked, waiting for payment. */
    private static final Set<String> STANDING = Set.of("41", "42", "50");

    private static final Set<String> BEFORE = Set.of("00", "10", "11", "12", "14", "20", "21");

    static CaseClock in(String status) {
        if (BEFORE.contains(status)) {
            return NOT_BEGUN;
        }
        if (RUNNING.contains(status)) {
            return RUNS;
        }
        // A case that is stuck is the office's own affair: its clock goes on.
        return status.equals("99") ? RUNS : STANDING.contains(status) ? STANDS : ENDS;
    }
}
