package org.shuniu.mapping;

import java.util.List;

/**
 * What one row of a mapping did with one message. It holds the message's own values: whoever may not see the message may not see
 * this.
 *
 * @param at the row in its file, such as {@code rows[3].rows[0]} with numbers from 0
 * @param target where the row writes, with the number of each element of a list: {@code body.cl[2].mc}
 * @param origin what it reads, as its file says it: {@code source document.applicant.name}
 * @param found what was there, or nothing
 * @param steps what became of it on its way, each as {@code upper: x > X}
 * @param end how it ended
 * @param result what was written, or why nothing was
 */
public record ExplainedRow(
        String at, String target, String origin, String found, List<String> steps, End end, String result) {

    /** How a row ends. */
    public enum End {
        WRITTEN,
        /** Nothing was found, and nothing need be. */
        EMPTY,
        /** Its condition does not hold. */
        LEFT_OUT,
        FAILED
    }
}
