package org.shuniu.simulator;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a simulated partner can be made to do wrong. */
enum Fault {
    NONE,
    /** Ends every connection without a word. */
    DOWN,
    /** Answers after a while. */
    SLOW,
    /** Does the work and never says so. */
    TIMEOUT_AFTER_WORK,
    /** Answers that it can't work now. */
    ERROR,
    /** Answers with bytes that mean nothing. */
    GARBAGE,
    /** Says the same result again, twice. */
    DUPLICATE_RESULT,
    /** Says at once only that it works on it. */
    LATE_RESULT;

    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Optional<Fault> of(String word) {
        return Arrays.stream(values())
                .filter(fault -> fault.word().equals(word))
                .findFirst();
    }
}
