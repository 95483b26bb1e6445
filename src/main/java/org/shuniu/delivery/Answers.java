package org.shuniu.delivery;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.shuniu.store.CaseFiles;
import org.shuniu.store.Columns;
import org.shuniu.store.StoredMessage;
import org.shuniu.vault.Vault;
import org.springframework.jdbc.core.JdbcTemplate;

/** Keeps every answer of a partner as received, sealed; every method runs in its caller's transaction. */
final class Answers {

    private static final String KEEP = """
            insert into answer (id, partner, source, delivery_id, event_key, media_type, body, digest, received_at, read_at,
                message_id, note)
            values (?, ?, ?, ?, ?, ?, ?, ?, now(), case when ? then now() end, ?, ?) on conflict do nothing
            returning received_at
            """;

    private static final String KEEP_OWN = """
            insert into answer (id, partner, source, delivery_id, event_key, media_type, body, digest, received_at, read_at,
                message_id, note)
            select w.id, w.partner, 'call', w.delivery_id, w.event_key, w.media_type, w.body, w.digest, now(), now(),
                w.message_id, w.note
            from unnest(?::uuid[], ?::text[], ?::uuid[], ?::text[], ?::text[], ?::bytea[], ?::bytea[], ?::uuid[], ?::text[])
                as w(id, partner, delivery_id, event_key, media_type, body, digest, message_id, note)
            on conflict do nothing
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

    /**
     * Keeps an answer that waits to be read.
     *
     * @return when it was received, on the database's clock; empty where the very same was kept before
     */
    Optional<Instant> keep(UUID id, String partner, String source, String eventKey, String mediaType, byte[] body) {
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
        return sql.query(KEEP, (kept, number) -> CaseFiles.instant(kept, "received_at"), row).stream()
                .findFirst();
    }

    /** Keeps the answers to our own calls and marks those read that came by themselves. */
    void keep(List<Kept> kept) {
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
        keepOwn(kept.stream().filter(one -> !one.settlement().answer().stored()).toList());
    }

    private void keepOwn(List<Kept> own) {
        if (own.isEmpty()) {
            return;
        }
        sql.update(
                KEEP_OWN,
                Columns.texts(own, one -> one.settlement().answer().id()),
                Columns.texts(own, one -> one.settlement().receiver()),
                Columns.texts(own, one -> one.settlement().deliveryId()),
                Columns.texts(own, one -> eventKey(one.settlement())),
                Columns.texts(own, one -> one.settlement().answer().mediaType()),
                Columns.bytes(own, one -> sealed(one.settlement().answer())),
                Columns.bytes(
                        own,
                        one -> StoredMessage.digestOf(one.settlement().answer().body())),
                Columns.texts(own, Kept::messageId),
                Columns.texts(own, Kept::note));
    }

    private byte[] sealed(Settlement.Answer answer) {
        return seal(answer.id(), answer.body());
    }

    /** Who asks again and again hears the same again and again, and keeps it once. */
    private static String eventKey(Settlement settlement) {
        return settlement.claim() != null && settlement.claim().asked() ? "asked:" + settlement.deliveryId() : null;
    }

    /** Whether the very same was said of this delivery before, and settled it no better. */
    boolean remarkedBefore(Settlement settlement) {
        return Boolean.TRUE.equals(sql.queryForObject(
                "select exists (select 1 from answer where delivery_id = ? and note is not null and digest = ? and id <> ?)",
                Boolean.class,
                settlement.deliveryId(),
                StoredMessage.digestOf(settlement.answer().body()),
                settlement.answer().id()));
    }

    /** Marks an unread answer as read; false when somebody else has read it in the meantime. */
    boolean markRead(UUID id, UUID messageId, String note) {
        return sql.update(READ + " and read_at is null", null, messageId, note, id) == 1;
    }

    private byte[] seal(UUID id, byte[] body) {
        return vault.seal(body, "answer.body", id);
    }
}
