package org.shuniu.simulator;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Whoever works the files of an office. */
interface FileClerk {

    /** Names of the files that are worked. */
    Pattern names();

    /** The ending of the empty file that says another is complete, or an empty text. */
    String marker();

    /** Does what the file asks for and answers; a file that is worked twice has no second effect. */
    List<AnswerFile> work(String name, byte[] content, Fault fault);

    /** The file in which the office counts what it had of late, where it counts. */
    default Optional<AnswerFile> count() {
        return Optional.empty();
    }
}
