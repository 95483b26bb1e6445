package org.shuniu.mapping;

/** What a partner's answer says about the message it answers. */
public enum Verdict {
    /** Taken, or decided in the citizen's favour. */
    DELIVERED,
    /** Surely not taken; again later. */
    UNAVAILABLE,
    /** Never again as it is. */
    INVALID,
    /** Decided against it: a result, not a failure. */
    REFUSED
}
