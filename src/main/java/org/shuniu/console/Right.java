package org.shuniu.console;

/** What a person may do; seeing that a message exists, reading it and sending it again are three rights. */
enum Right {
    /** See flows, cases and messages without what they say of people. */
    METADATA,
    /** Look at a message's body, with a reason and within a limit. */
    BODY,
    /** Try changed mappings, and propose them to others. */
    TRY,
    /** Send a parked delivery again, or give it up. */
    REPLAY,
    /** Let run what another person planned. */
    APPROVE,
    /** Pause, resume and end what runs by a plan. */
    HALT,
    /** Pause and resume a partner. */
    STEER,
    /** Read and export the audit. */
    AUDIT,
    /** Make, change and lock out users. */
    USERS
}
