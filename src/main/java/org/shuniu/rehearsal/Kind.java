package org.shuniu.rehearsal;

import java.util.Locale;

/** How a field of what a candidate makes differs from what the mapping in force makes. */
enum Kind {
    ADDED,
    REMOVED,
    /** A number in the place of a text, a list in the place of one value. */
    TYPE,
    /** The same but for white space. */
    SPACES,
    /** The same but for capital and small letters. */
    CASE,
    /** The same letters and digits with other signs between them, as dates of another pattern have. */
    SIGNS,
    /** Part of what it was. */
    SHORTER,
    /** What it was and more. */
    LONGER,
    VALUE,
    /** The same fields, put into other bytes: their order, their widths, their charset. */
    FORMAT,
    /** In the place of a field is the reason for which the candidate alone can't translate. */
    FAILS,
    /** In the place of a field is the reason for which the mapping in force alone can't translate. */
    WORKS;

    boolean isOfWhole() {
        return this == FAILS || this == WORKS;
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Kind of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
