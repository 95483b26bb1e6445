package org.shuniu.mapping;

import java.time.LocalDate;

/**
 * By which tables a document is translated.
 *
 * @param ofCase the day of the case, whose tables it keeps for life
 * @param said the day on which a partner said what is read; its tables count for a code that those of the case do not have.
 *     Of what the hub says, the day on which it leaves: by then it must be allowed
 */
public record Days(LocalDate ofCase, LocalDate said) {

    /** Both on one day. */
    public static Days of(LocalDate day) {
        return new Days(day, day);
    }
}
