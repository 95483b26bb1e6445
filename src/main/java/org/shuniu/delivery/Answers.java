package org.shuniu.delivery;

import java.util.List;
import java.util.UUID;
import org.shuniu.store.StoredMessage;
import org.shuniu.vault.Vault;
import org.springframework.jdbc.core.JdbcTemplate;

/** Keeps every answer of a partner as received, sealed; every method runs in its caller's transaction. */
final class Answers {

    private static final String KEEP = """
            insert into answer (id, partner, source, delivery_id, event_key, media_type, body, digest, received_at, read_at,
                message_id, note)
            values (?, ?, ?, ?, ?, ?, ?, ?, now(), case when ? then now() end, ?, ?) on conflict do nothing
            """;

    private static final String READ =
            "update answer set read_at = now(), delivery_id = ?, message_id = ?, note = ? where id = ?";

    private final JdbcTemplate sql;
    private final Vault vault;

    Answers(JdbcTemplate sql, Vault vault) {
        this.sql = sql;
        this.vault = vault;
    }

    /** An answer that a settlement has read, with the message that came of it and a remark, or null. */
    record Kept(Settlement settlement, UUID messageId, String note) {}

    /** Keeps an answer that waits to be read; returns false when the very same was kept before. */
    boolean keep(UUID id, String partner, String source, String eventKey, String mediaType, byte[] body) {
        Object[] row = {
            id,
            partner,
            source,
            null,
            eventKey,
            mediaType,
            seal(id, body),
            StoredMessage.digestOf(body),
            false,
            null,
            null
        };
        return sql.update(KEEP, row) == 1;
    }

    /** Keeps the answers to our own calls and marks those read that came by themselves. */
    void keep(List<Kept> kept) {
        sql.batchUpdate(
                KEEP,
                kept.stream()
                        .filter(one -> !one.settlement().answer().stored())
                        .map(this::row)
                        .toList());
        sql.batchUpdate(
                READ,
                kept.stream()
                        .filter(one -> one.settlement().answer().stored())
                        .map(one -> new Object[] {
                            one.settlement().deliveryId(),
                            one.messageId(),
                            one.note(),
                            one.settlement().answer().id()
                        })
                        .toList());
    }

    private Object[] row(Kept one) {
        Settlement.Answer answer = one.settlement().answer();
        return new Object[] {
            answer.id(),
            one.settlement().receiver(),
            "call",
            one.settlement().deliveryId(),
            null,
            answer.mediaType(),
            seal(answer.id(), answer.body()),
            StoredMessage.digestOf(answer.body()),
            true,
            one.messageId(),
            one.note()
        };
    }

    void markRead(UUID id, UUID messageId, String note) {
        sql.update(READ, null, messageId, note, id);
    }

    private byte[] seal(UUID id, byte[] body) {
        return vault.seal(body, "answer.body", id);
    }
}
