package org.shuniu.store;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.UUID;

/**
 * A message as it was accepted.
 *
 * @param partner who sent it
 * @param document its kind, such as {@code application}
 * @param cause the message that it answers, or null
 * @param body the bytes as received, sealed
 * @param digest SHA-256 of the bytes as received
 * @param translation the number of what read it of a partner's answer, or null
 * @param parkedReason why a person must look at the message itself, or null
 */
public record StoredMessage(
        UUID id,
        String partner,
        String document,
        String caseNo,
        UUID cause,
        byte[] body,
        byte[] digest,
        Instant acceptedAt,
        String parkedReason,
        Integer translation) {

    /** A message that its sender wrote itself. */
    public StoredMessage(
            UUID id,
            String partner,
            String document,
            String caseNo,
            UUID cause,
            byte[] body,
            byte[] digest,
            Instant acceptedAt,
            String parkedReason) {
        this(id, partner, document, caseNo, cause, body, digest, acceptedAt, parkedReason, null);
    }

    /** SHA-256 of a message's bytes as received, by which the same bytes are known again. */
    public static byte[] digestOf(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
