package org.shuniu.store;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;

/** Keys, messages, answers, deliveries and events in the database; every method runs in its caller's transaction. */
public final class MessageStore {

    /** A partner's idempotency key. */
    public record Key(String partner, String idempotencyKey) {}

    /** What a key stands for, for ever. */
    public record Kept(Key key, UUID messageId, byte[] digest, byte[] receipt, Instant acceptedAt) {}

    private static final String TAKE_KEY = """
            insert into message_key (partner, idempotency_key, message_id, digest, receipt, accepted_at)
            values (?, ?, ?, ?, ?, ?) on conflict do nothing
            """;
    private static final String MESSAGE = """
            insert into message (id, partner, document, case_no, cause, body, digest, accepted_at, parked_reason)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?)
            """;
    private static final String DELIVERY = """
            insert into delivery (id, message_id, document, case_no, receiver, queue, state, lane_no, held, urgent, due_at,
                sent_until, created_at)
            values (?, ?, ?, ?, ?, ?, 'pending', ?, ?, ?, now(), now() + ?::bigint * interval '1 second', ?)
            """;
    private static final String EVENT = """
            insert into event (at, case_no, message_id, delivery_id, kind, partner, status, detail)
            values (?, ?, ?, ?, ?, ?, ?, ?)
            """;

    private final JdbcTemplate sql;
    private final Lanes lanes;
    private final long sendLeaseSeconds;

    /** @param sendLeaseSeconds how long a new delivery is left to the dispatch that follows its commit */
    public MessageStore(JdbcTemplate sql, long sendLeaseSeconds) {
        this.sql = sql;
        this.lanes = new Lanes(sql);
        this.sendLeaseSeconds = sendLeaseSeconds;
    }

    /** Takes the keys that nobody has, in sorted order; returns those. */
    public Set<Key> take(Collection<Kept> wanted) {
        List<Kept> sorted = wanted.stream()
                .sorted(Comparator.comparing((Kept kept) -> kept.key().partner())
                        .thenComparing(kept -> kept.key().idempotencyKey()))
                .toList();
        Set<Key> taken = new HashSet<>();
        for (Kept kept : sorted) {
            int rows = sql.update(
                    TAKE_KEY,
                    kept.key().partner(),
                    kept.key().idempotencyKey(),
                    kept.messageId(),
                    kept.digest(),
                    kept.receipt(),
                    CaseFiles.utc(kept.acceptedAt()));
            if (rows == 1) {
                taken.add(kept.key());
            }
        }
        return taken;
    }

    /** What this key stands for, if it was ever taken. */
    /** Whether the partner said the very same about this case before. */
    public boolean holds(String partner, String caseNo, String document, byte[] digest) {
        return !sql.queryForList(
                        "select 1 from message where case_no = ? and partner = ? and document = ? and digest = ? limit 1",
                        Integer.class,
                        caseNo,
                        partner,
                        document,
                        digest)
                .isEmpty();
    }

    public Optional<Kept> kept(Key key) {
        return sql
                .query(
                        "select * from message_key where partner = ? and idempotency_key = ?",
                        (row, number) -> new Kept(
                                key,
                                row.getObject("message_id", UUID.class),
                                row.getBytes("digest"),
                                row.getBytes("receipt"),
                                CaseFiles.instant(row, "accepted_at")),
                        key.partner(),
                        key.idempotencyKey())
                .stream()
                .findFirst();
    }

    /** Gives back a key that was taken in this transaction by a message that is refused after all. */
    public void giveBack(Key key, UUID messageId) {
        sql.update(
                "delete from message_key where partner = ? and idempotency_key = ? and message_id = ?",
                key.partner(),
                key.idempotencyKey(),
                messageId);
    }

    /** Takes the sender's own case number; returns the message that has it already. */
    public Optional<UUID> takeSenderCase(String partner, String senderCaseNo, UUID messageId) {
        int rows = sql.update(
                "insert into sender_case (partner, sender_case_no, message_id) values (?, ?, ?) on conflict do nothing",
                partner,
                senderCaseNo,
                messageId);
        return rows == 1
                ? Optional.empty()
                : Optional.of(sql.queryForObject(
                        "select message_id from sender_case where partner = ? and sender_case_no = ?",
                        UUID.class,
                        partner,
                        senderCaseNo));
    }

    public void save(Collection<StoredMessage> messages) {
        sql.batchUpdate(
                MESSAGE,
                messages.stream()
                        .map(message -> new Object[] {
                            message.id(),
                            message.partner(),
                            message.document(),
                            message.caseNo(),
                            message.cause(),
                            message.body(),
                            message.digest(),
                            CaseFiles.utc(message.acceptedAt()),
                            message.parkedReason()
                        })
                        .toList());
    }

    public void record(Collection<CaseEvent> events) {
        sql.batchUpdate(
                EVENT,
                events.stream()
                        .map(event -> new Object[] {
                            CaseFiles.utc(event.at()), event.caseNo(), event.messageId(), event.deliveryId(),
                            event.kind(), event.partner(), event.status(), event.detail()
                        })
                        .toList());
    }

    /** Opens deliveries in their lanes' order; returns those that may travel at once. */
    public List<Delivery> open(Collection<Delivery> deliveries) {
        List<Delivery> sorted = deliveries.stream()
                .sorted(Comparator.comparing(Delivery::caseNo)
                        .thenComparing(Delivery::receiver)
                        .thenComparing(Delivery::id))
                .toList();
        List<Object[]> rows = new ArrayList<>();
        List<Delivery> free = new ArrayList<>();
        for (Delivery delivery : sorted) {
            Lanes.Place place = lanes.take(delivery.caseNo(), delivery.receiver());
            rows.add(row(delivery, place));
            if (!place.held()) {
                free.add(delivery);
            }
        }
        sql.batchUpdate(DELIVERY, rows);
        return free;
    }

    private Object[] row(Delivery delivery, Lanes.Place place) {
        return new Object[] {
            delivery.id(),
            delivery.messageId(),
            delivery.document(),
            delivery.caseNo(),
            delivery.receiver(),
            delivery.queue(),
            place.number(),
            place.held(),
            delivery.urgent(),
            place.held() ? null : sendLeaseSeconds,
            CaseFiles.utc(delivery.openedAt())
        };
    }

    /** Opens the application of a case for the partner that decides it. */
    public Delivery forwarding(CaseFile file, Instant now) {
        byte[] body = sql.queryForObject("select body from message where id = ?", byte[].class, file.applicationId());
        return new Delivery(
                TimeOrderedId.next(),
                file.applicationId(),
                "application",
                file.caseNo(),
                file.receiver(),
                Delivery.WORK,
                false,
                now,
                body);
    }

    /** Lets the next of a lane travel; returns the deliveries that were released. */
    public List<UUID> releaseNext(String caseNo, String receiver) {
        return lanes.release(caseNo, receiver);
    }
}
