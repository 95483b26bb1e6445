package org.shuniu.conformance;

import java.util.Locale;

/** Who has to mend what a trial found. */
public enum Whose {
    /** Nothing is to be mended. */
    NOBODY,
    /** The office's system does not do what was agreed. */
    OFFICE,
    /** The hub's own mapping or configuration does not. */
    HUB,
    /** What came says no more: the office's answer is wrong, or it is read wrongly. */
    EITHER,
    /** Nothing got through. */
    NETWORK;

    /** As reports have it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
