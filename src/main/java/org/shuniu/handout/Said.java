package org.shuniu.handout;

import java.util.List;
import java.util.Optional;
import org.shuniu.contract.Contract.Name;

/**
 * A field of what the office answers.
 *
 * @param name as the office writes it; in a file, that of the column that the hub knows
 * @param meaning of it, in both languages
 * @param most characters; 0 where nobody has said
 * @param pattern of it, without anchors
 * @param date the pattern of a time, as people write it
 * @param codes those that are known
 * @param closed whether nothing but these may stand there
 */
record Said(
        String name,
        Name meaning,
        Kind kind,
        int most,
        Optional<String> pattern,
        Optional<String> date,
        List<Known> codes,
        boolean closed) {

    /** What stands there. */
    enum Kind {
        TEXT,
        /** A whole number that rises with each message of a case. */
        ORDER,
        TRUTH,
        /** Something with parts. */
        OPEN
    }

    /**
     * A code of the office's.
     *
     * @param state of the case that it stands for, or empty
     */
    record Known(String code, String state) {}

    Said {
        codes = List.copyOf(codes);
    }
}
