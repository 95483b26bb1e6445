package org.shuniu.intake;

/**
 * The hub has the message on disk and answers for it.
 *
 * @param receipt the JSON that the sender may keep; the same bytes for every resend
 * @param replayed whether this is the answer to a resend
 */
public record Acceptance(byte[] receipt, boolean replayed) {}
