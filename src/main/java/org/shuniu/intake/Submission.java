package org.shuniu.intake;

/**
 * A document as it reached the hub, before anything was checked.
 *
 * @param partner the authenticated sender
 * @param document its kind: {@code application}, {@code supplement} or {@code withdrawal}
 * @param idempotencyKey the sender's key, 16 to 64 of {@code [A-Za-z0-9-]}
 * @param caseNo the case it belongs to, or null for a new one
 * @param body the bytes as received
 * @param cover what the document came in, or null when it came by itself
 */
public record Submission(
        String partner, String document, String idempotencyKey, String caseNo, byte[] body, Cover cover) {

    /** A document that came by itself. */
    public Submission(String partner, String document, String idempotencyKey, String caseNo, byte[] body) {
        this(partner, document, idempotencyKey, caseNo, body, null);
    }
}
