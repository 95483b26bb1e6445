package org.shuniu.mapping;

import org.jspecify.annotations.Nullable;

/**
 * How the expressions of a file are read.
 *
 * @param effort of which they spend, or null where they spend of that of their message
 * @param former whether the file was in force once, when less was refused: what was written by it must stay readable
 */
record Expressions(@Nullable Effort effort, boolean former) {

    static final Expressions IN_FORCE = new Expressions(null, false);
    static final Expressions FORMER = new Expressions(null, true);

    /** Of a mapping that somebody only tries. */
    static Expressions tried(Effort effort) {
        return new Expressions(effort, false);
    }

    /** @throws IllegalArgumentException naming what is wrong */
    Expression read(String text) {
        return former ? Expression.former(text) : Expression.of(text, effort);
    }
}
