package org.shuniu.workbench;

import java.time.LocalDate;

/**
 * A message on which a mapping is tried.
 *
 * @param text as examples have their sources
 * @param context of what a partner answered, what is known besides, as JSON; else empty
 * @param isRead whether the text is the tree that the partner's format gives, as JSON, and not what the partner sent
 * @param day by whose tables it is translated
 */
public record Sample(String text, String context, boolean isRead, LocalDate day) {

    /** Letters of both together. */
    static final int LARGEST = 32_000;

    /** Nothing, on that day. */
    public static Sample none(LocalDate day) {
        return new Sample("", "", false, day);
    }

    boolean isTooLarge() {
        return text.length() + context.length() > LARGEST;
    }
}
