package org.shuniu.partner;

/** What to do when nobody knows whether a receiver did what it was asked. */
public enum UnknownOutcome {
    /** Ask it first. */
    ASK,
    /** Repeat with the same message id: the receiver recognises it. */
    RECOGNISES_ID,
    /** Park; never repeat unasked. */
    NEITHER
}
