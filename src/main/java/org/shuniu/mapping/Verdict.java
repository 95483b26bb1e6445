package org.shuniu.mapping;

/** What a partner's answer says about the message it answers. */
public enum Verdict {
    /** Taken, or decided in the citizen's favour. */
    DELIVERED,
    /** Surely not taken; again later. */
    UNAVAILABLE,
    /** The answer to a question about an earlier call: it never came, so it can be repeated. */
    NEVER_RECEIVED,
    /** Never again as it is. */
    INVALID,
    /** Decided against it: a result, not a failure. */
    REFUSED,
    /** In words that are not the partner's own, such as another system's code: nobody knows what happened. */
    UNKNOWN
}
