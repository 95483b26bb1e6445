package org.shuniu.simulator;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** How the files of an office look. */
interface ContractLines {

    /** Names of the hub's files. */
    Pattern names();

    /** What names the empty file that says another is whole, or an empty text. */
    String marker();

    /** The name of the file that answers that of this number. */
    String answerTo(String number);

    /** Lines by the names of their fields; none of a file that is not sound. */
    List<Map<String, String>> read(String number, byte[] content);

    /** @param count as the file says it, where it says one */
    byte[] write(String number, List<List<String>> answers, int count);
}
