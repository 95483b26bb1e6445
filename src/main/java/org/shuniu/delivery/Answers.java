package org.shuniu.delivery;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;
import org.shuniu.vault.Vault;
import org.springframework.jdbc.core.JdbcTemplate;

/** Keeps every answer of a partner as received, sealed; every method runs in its caller's transaction. */
final class Answers {

    private static final String KEEP = """
            insert into answer (id, partner, source, delivery_id, event_key, media_type, body, digest, received_at, read_at,
                message_id, note)
            values (?, ?, ?, ?, ?, ?, ?, ?, now(), case when ? then now() end, ?, ?) on conflict do nothing
            """;

    private final JdbcTemplate sql;
    private final Vault vault;

    Answers(JdbcTemplate sql, Vault vault) {
        this.sql = sql;
        this.vault = vault;
    }

    /** Keeps an answer that waits to be read; returns false when the very same was kept before. */
    boolean keep(UUID id, String partner, String source, String eventKey, String mediaType, byte[] body) {
        return insert(id, partner, source, null, eventKey, mediaType, body, false, null, null);
    }

    /** Keeps the answer to our own call, read already. */
    void keepRead(Settlement settlement, UUID messageId, String note) {
        Settlement.Answer answer = settlement.answer();
        insert(
                answer.id(),
                settlement.receiver(),
                "call",
                settlement.deliveryId(),
                null,
                answer.mediaType(),
                answer.body(),
                true,
                messageId,
                note);
    }

    void markRead(UUID id, UUID deliveryId, UUID messageId, String note) {
        sql.update(
                "update answer set read_at = now(), delivery_id = ?, message_id = ?, note = ? where id = ?",
                deliveryId,
                messageId,
                note,
                id);
    }

    private boolean insert(
            UUID id,
            String partner,
            String source,
            UUID deliveryId,
            String eventKey,
            String mediaType,
            byte[] body,
            boolean read,
            UUID messageId,
            String note) {
        byte[] sealed = vault.seal(body, "answer.body", id);
        return sql.update(
                        KEEP,
                        id,
                        partner,
                        source,
                        deliveryId,
                        eventKey,
                        mediaType,
                        sealed,
                        sha256(body),
                        read,
                        messageId,
                        note)
                == 1;
    }

    static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
