package org.shuniu.exchange;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.shuniu.intake.SubmissionRefused;
import org.shuniu.store.CaseFiles;
import org.shuniu.store.MessageStore;
import org.shuniu.store.Pools;
import org.shuniu.vault.Vault;

/**
 * What waits for a region that fetches its messages: each is handed out for a while, and is there again when the region says
 * nothing of it.
 */
final class Inbox {

    /** A message that was handed out. */
    record Item(UUID messageId, String type, String subject, byte[] digest, Instant writtenAt) {}

    /**
     * What a region says of a message, and has signed.
     *
     * @param lease under which it was handed out
     * @param rejected why it will not have it, in one word, or null where it took it
     * @param digest SHA-256 of the message that it speaks of
     */
    record Word(UUID messageId, UUID lease, String rejected, byte[] digest, EvidenceLadder.Step step) {}

    private record Sent(
            UUID id,
            UUID deliveryId,
            byte[] digest,
            boolean leased,
            boolean open,
            boolean handedOut,
            boolean rejected) {}

    static final Duration LEASE = Duration.ofSeconds(300);

    private static final String HAND_OUT = """
            with waiting as (
                select s.id from exchange_sent s join delivery d on d.id = s.delivery_id
                where s.partner = ? and s.settled_at is null and (s.lease_until is null or s.lease_until < now())
                    and d.state = 'pending'
                order by s.id limit ? for update of s skip locked)
            update exchange_sent s set lease_token = ?, lease_until = now() + ? * interval '1 second'
            from waiting w where s.id = w.id
            returning s.message_id, s.type, s.subject, s.digest, s.written_at
            """;
    private static final String BODY =
            "select id, body from exchange_sent where partner = ? and message_id = ? and settled_at is null";
    private static final String CASE = "select case_no from exchange_sent where partner = ? and message_id = ?";
    private static final String FOUND = """
            select id, delivery_id, digest, settled_at is null as open, lease_token is not null as handed_out,
                rejected is not null as was_rejected,
                coalesce(lease_token = ? and lease_until >= now(), false) as leased
            from exchange_sent where partner = ? and message_id = ? for update
            """;
    /** What it has signed for once stays so, also where it lost that and rejects it now: those bytes never change. */
    private static final String SETTLE = """
            update exchange_sent set settled_at = now(), rejected = ?, accepted_at = coalesce(accepted_at, ?::timestamptz)
            where id = ?
            """;

    private final Pools.Door door;
    private final Vault vault;
    private final EvidenceLadder ladder;
    private final CaseFiles files;
    private final MessageStore deliveries;

    Inbox(Pools.Door door, Vault vault) {
        this.door = door;
        this.vault = vault;
        this.ladder = new EvidenceLadder(door.sql());
        this.files = new CaseFiles(door.sql());
        this.deliveries = new MessageStore(door.sql());
    }

    /** The oldest messages that nobody holds, for the holder of this lease. */
    List<Item> handOut(String partner, int most, UUID lease) {
        return door
                .sql()
                .query(
                        HAND_OUT,
                        (row, number) -> new Item(
                                row.getObject("message_id", UUID.class),
                                row.getString("type"),
                                row.getString("subject"),
                                row.getBytes("digest"),
                                CaseFiles.instant(row, "written_at")),
                        partner,
                        most,
                        lease,
                        LEASE.toSeconds())
                .stream()
                .sorted((one, other) -> one.writtenAt().compareTo(other.writtenAt()))
                .toList();
    }

    /** The envelope as it was written, while the region has not said anything of it. */
    Optional<byte[]> body(String partner, UUID messageId) {
        return door
                .sql()
                .query(
                        BODY,
                        (row, number) ->
                                vault.open(row.getBytes("body"), "exchange_sent.body", row.getObject("id", UUID.class)),
                        partner,
                        messageId)
                .stream()
                .findFirst();
    }

    /**
     * Keeps a region's word with its evidence, whatever became of the delivery meanwhile: one that is parked is over when it is sent again.
     * Said again, it changes nothing.
     *
     * @return whether its lease still held; the word counts even where it did not
     * @throws SubmissionRefused when it is not for what stands in the inbox
     */
    boolean settle(String partner, Word word) {
        return door.transaction().execute(status -> {
            // As whoever records an outcome does: the case comes before what was sent of it.
            files.lock(door.sql().queryForList(CASE, String.class, partner, word.messageId()));
            Sent sent = door.sql().query(FOUND, Inbox::sent, word.lease(), partner, word.messageId()).stream()
                    .findFirst()
                    .orElseThrow(() ->
                            SubmissionRefused.of("not-found", 404, "There is no message of this id in your inbox"));
            if (!Arrays.equals(sent.digest(), word.digest())) {
                throw SubmissionRefused.of("digest-mismatch", 400, "The contentDigest is not that of the message");
            }
            boolean taken = word.rejected() == null;
            if (!sent.open() && taken != sent.rejected()) {
                return true;
            }
            if (!taken && (!sent.open() || !sent.handedOut() && ladder.has(word.step()))) {
                // It took the message before, or says again that it rejects it and was not handed it since.
                ladder.record(List.of(word.step()));
                return sent.leased();
            }
            door.sql()
                    .update(
                            SETTLE,
                            word.rejected(),
                            taken ? CaseFiles.utc(SentMessages.acceptedAt(word.step())) : null,
                            sent.id());
            // The next call for it finds out what was said.
            deliveries.wake(List.of(sent.deliveryId()));
            ladder.record(List.of(word.step()));
            return sent.leased();
        });
    }

    private static Sent sent(ResultSet row, int number) throws SQLException {
        return new Sent(
                row.getObject("id", UUID.class),
                row.getObject("delivery_id", UUID.class),
                row.getBytes("digest"),
                row.getBoolean("leased"),
                row.getBoolean("open"),
                row.getBoolean("handed_out"),
                row.getBoolean("was_rejected"));
    }
}
