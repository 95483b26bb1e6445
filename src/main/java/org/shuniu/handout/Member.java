package org.shuniu.handout;

import java.util.List;
import java.util.Optional;

/**
 * A field of a message to the office, as the office finds it there.
 *
 * @param label what people call it
 * @param source where the hub found it, such as {@code document.applicant.name}; empty of what is always the same
 * @param most characters, or bytes in a line of fixed width; 0 where nobody has said
 * @param codes what alone may stand there
 * @param date the pattern of a time
 * @param parts of each element of a list
 */
record Member(
        String name,
        String label,
        String source,
        Kind kind,
        int most,
        boolean required,
        Optional<CodeList> codes,
        Optional<String> date,
        List<Member> parts) {

    /** What stands there. */
    enum Kind {
        TEXT,
        NUMBER,
        TRUTH,
        /** Objects, as many as there are. */
        LIST,
        /** Something with parts of which nothing is agreed. */
        OPEN
    }

    Member {
        parts = List.copyOf(parts);
    }
}
