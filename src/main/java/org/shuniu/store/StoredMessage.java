package org.shuniu.store;

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
        String parkedReason) {}
