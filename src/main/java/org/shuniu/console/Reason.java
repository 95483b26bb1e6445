package org.shuniu.console;

/** Why somebody does something, in words that stay in the audit log. */
final class Reason {

    private static final int SHORTEST = 4;
    private static final int LONGEST = 500;

    private Reason() {}

    static boolean isGiven(String reason) {
        return reason.strip().length() >= SHORTEST;
    }

    static String of(String reason) {
        String words = reason.strip();
        return words.length() > LONGEST ? words.substring(0, LONGEST) : words;
    }
}
