package org.shuniu.exchange;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.shuniu.channel.Call;
import org.shuniu.store.CaseFiles;
import org.shuniu.store.Json;
import org.shuniu.store.Pools;
import org.shuniu.store.StoredMessage;
import org.shuniu.store.TimeOrderedId;
import org.shuniu.vault.Vault;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes each envelope once and keeps it: whatever changes until the region has it, an attempt sends the same bytes under the
 * same id. Receipts are kept beside. Its time is that of the delivery, so that a hub whose backup does not hold the envelope
 * writes the same bytes again, with the same number and by the same mappings.
 */
final class SentMessages {

    /**
     * Where a message stands in its case.
     *
     * @param subject how both sides call the case: by the number of whoever handed it in
     * @param beginning the region's message that began it, or null
     * @param seq its number, or null
     * @param openedAt when its delivery was opened
     */
    private record Place(String subject, String beginning, Long seq, Instant openedAt) {}

    private record Row(UUID id, byte[] sealed) {}

    private record Numbered(UUID id, byte[] sealed, long seq) {}

    private static final String SEQ = "chxseq";
    private static final String BODY = "exchange_sent.body";

    private static final String WRITTEN = "select id, body from exchange_sent where partner = ? and message_id = ?";
    private static final String WRITE = """
            insert into exchange_sent (id, partner, message_id, delivery_id, case_no, type, subject, body, digest, written_at,
                seq)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing
            """;
    /** What the region never took leaves its number to the next; what has no lane has no number. */
    private static final String PLACE = """
            select coalesce(theirs.subject, 'case/' || d.case_no) as subject, theirs.idempotency_key as beginning,
                d.created_at,
                case when d.lane_no is not null then 1 + coalesce((
                    select max(s.seq) from exchange_sent s left join delivery e on e.id = s.delivery_id
                    where s.partner = ? and s.case_no = d.case_no
                        and (s.accepted_at is not null or s.settled_at is not null and s.rejected is null
                            or e.state is distinct from 'undeliverable' and e.state is distinct from 'refused')), 0) end as seq
            from delivery d left join lateral (
                select x.* from (select id from message where case_no = d.case_no offset 0) m cross join lateral (
                    select id, partner, subject, idempotency_key from exchange_message where id = m.id offset 0) x
                where x.partner = ? order by x.id limit 1) theirs on true
            where d.id = ?
            """;

    private static final String NUMBERED = """
            select id, body, seq from exchange_sent
            where partner = ? and message_id = ? and seq is not null and accepted_at is null for update
            """;
    private static final String RENUMBER = """
            update exchange_sent set body = ?, digest = ?, seq = ?, settled_at = null, rejected = null, lease_token = null,
                lease_until = null
            where id = ?
            """;

    private static final String TAKEN = """
            update exchange_sent set settled_at = now(), accepted_at = coalesce(accepted_at, ?::timestamptz)
            where partner = ? and message_id = ? and settled_at is null
            """;
    private static final String SAID = """
            select coalesce(rejected, '') from exchange_sent
            where partner = ? and message_id = ? and settled_at is not null
            """;

    /** How long a receipt may have been on its way, and how far a region's clock may be ahead. */
    private static final Duration LONGEST = Duration.ofDays(40);

    private static final Duration AHEAD = Duration.ofMinutes(15);

    private final Pools.Door door;
    private final Vault vault;
    private final String party;
    private final Clock clock;
    private final EvidenceLadder ladder;

    /** @param party the hub's own */
    SentMessages(Pools.Door door, Vault vault, String party, Clock clock) {
        this.door = door;
        this.vault = vault;
        this.party = party;
        this.clock = clock;
        this.ladder = new EvidenceLadder(door.sql());
    }

    /**
     * The envelope of a call's message.
     *
     * @param to the hub that it is for
     */
    byte[] envelope(String partner, String type, String to, Call call) {
        return written(partner, call)
                .or(() -> write(partner, type, to, call))
                .orElseGet(() -> written(partner, call).orElseThrow());
    }

    private Optional<byte[]> written(String partner, Call call) {
        return door
                .sql()
                .query(
                        WRITTEN,
                        (row, number) -> new Row(row.getObject("id", UUID.class), row.getBytes("body")),
                        partner,
                        call.messageId())
                .stream()
                .findFirst()
                .map(row -> vault.open(row.sealed(), BODY, row.id()));
    }

    /** @return nothing when another process wrote it first */
    private Optional<byte[]> write(String partner, String type, String to, Call call) {
        UUID id = TimeOrderedId.next();
        Place place = door.sql()
                .queryForObject(
                        PLACE,
                        (row, number) -> new Place(
                                row.getString("subject"),
                                row.getString("beginning"),
                                row.getObject("seq", Long.class),
                                row.getObject("created_at", OffsetDateTime.class)
                                        .toInstant()),
                        partner,
                        partner,
                        call.deliveryId());
        byte[] body = body(type, to, place, call);
        int written = door.sql()
                .update(
                        WRITE,
                        id,
                        partner,
                        call.messageId(),
                        call.deliveryId(),
                        call.caseNo(),
                        type,
                        place.subject(),
                        vault.seal(body, BODY, id),
                        StoredMessage.digestOf(body),
                        CaseFiles.utc(clock.instant()),
                        place.seq());
        return written == 1 ? Optional.of(body) : Optional.empty();
    }

    private byte[] body(String type, String to, Place place, Call call) {
        ObjectNode envelope = Json.object();
        envelope.put("specversion", "1.0");
        envelope.put("id", call.messageId().toString());
        envelope.put("source", party);
        envelope.put("type", type);
        envelope.put("subject", place.subject());
        envelope.put("time", ReceiptSigner.time(place.openedAt()));
        envelope.put("datacontenttype", "application/json");
        envelope.put("chxto", to);
        if (place.seq() != null) {
            envelope.put(SEQ, place.seq());
        }
        if (place.beginning() != null) {
            envelope.put("chxcorrelation", place.beginning());
        }
        envelope.set("data", Json.tree(call.body()));
        return Json.bytes(envelope);
    }

    /**
     * Gives a message the number after its own, because the region has another one under that. It surely has not this one, since
     * it answers what it has by its receipt: only therefore may the bytes still change. Bytes for which it has signed a receipt
     * never change, also where it has lost them and is to get them again.
     *
     * @return whether it was numbered and not taken
     */
    boolean renumber(String partner, UUID messageId) {
        return Boolean.TRUE.equals(door.transaction().execute(status -> {
            List<Numbered> found = door.sql()
                    .query(
                            NUMBERED,
                            (row, number) -> new Numbered(
                                    row.getObject("id", UUID.class), row.getBytes("body"), row.getLong("seq")),
                            partner,
                            messageId);
            found.forEach(this::renumber);
            return !found.isEmpty();
        }));
    }

    private void renumber(Numbered row) {
        ObjectNode envelope = (ObjectNode) Json.tree(vault.open(row.sealed(), BODY, row.id()));
        byte[] body = Json.bytes(envelope.put(SEQ, row.seq() + 1));
        door.sql()
                .update(
                        RENUMBER,
                        vault.seal(body, BODY, row.id()),
                        StoredMessage.digestOf(body),
                        row.seq() + 1,
                        row.id());
    }

    /** Keeps the receipt that a region signed for a message of the hub's. */
    void keep(EvidenceLadder.Step step) {
        door.transaction().executeWithoutResult(status -> {
            door.sql()
                    .update(
                            TAKEN,
                            CaseFiles.utc(acceptedAt(step)),
                            step.chain().partner(),
                            UUID.fromString(step.messageId()));
            ladder.record(List.of(step));
        });
    }

    /** As the region's receipt says it, by which both sides know the day; a time that cannot be is replaced by the hub's. */
    static Instant acceptedAt(EvidenceLadder.Step step) {
        Instant now = step.at();
        try {
            byte[] receipt =
                    step.signing().at(new EvidenceLadder.Place(0, new byte[0])).evidence();
            Instant said = OffsetDateTime.parse(
                            Json.tree(receipt).path("acceptedAt").asString(""))
                    .toInstant();
            boolean possible = said.isAfter(now.minus(LONGEST)) && said.isBefore(now.plus(AHEAD));
            return possible ? said : now;
        } catch (DateTimeParseException none) {
            return now;
        }
    }

    /**
     * What a region said of a message that it fetched, however often it is asked for. Whoever records that it rejected it offers the
     * message anew by that: its delivery waits for a person then, or is over.
     *
     * @return empty while it has said nothing, an empty text when it took it, or why it rejected it
     */
    Optional<String> said(String partner, UUID messageId) {
        return door.sql().queryForList(SAID, String.class, partner, messageId).stream()
                .findFirst();
    }
}
