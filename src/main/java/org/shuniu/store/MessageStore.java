package org.shuniu.store;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowCallbackHandler;

/** Keys, messages, answers and deliveries in the database; every method runs in its caller's transaction. */
public final class MessageStore {

    /** A partner's idempotency key. */
    public record Key(String partner, String idempotencyKey) {}

    /** A number that a sender itself gave to a case. */
    public record SenderCase(String partner, String number) implements Comparable<SenderCase> {
        private static final Comparator<SenderCase> ORDER =
                Comparator.comparing(SenderCase::partner).thenComparing(SenderCase::number);

        @Override
        public int compareTo(SenderCase other) {
            return ORDER.compare(this, other);
        }
    }

    /** What a key stands for, for ever. */
    public record Kept(Key key, UUID messageId, byte[] digest, byte[] receipt, Instant acceptedAt) {}

    /** What a partner said of a case. */
    public record Saying(String partner, String caseNo, String document, byte[] digest) {}

    private static final String TAKE_KEYS = """
            insert into message_key (partner, idempotency_key, message_id, digest, receipt, accepted_at)
            select * from unnest(?::text[], ?::text[], ?::uuid[], ?::bytea[], ?::bytea[], ?::timestamptz[])
            on conflict do nothing returning partner, idempotency_key
            """;
    private static final String IS_OF = """
            select exists (select 1 from message where id = ? and document = ? and (?::text is null or case_no = ?))
            """;
    private static final String TAKE_SENDER_CASES = """
            insert into sender_case (partner, sender_case_no, message_id)
            select * from unnest(?::text[], ?::text[], ?::uuid[])
            on conflict do nothing returning partner, sender_case_no, message_id
            """;
    private static final String SENDER_CASES = """
            select s.* from sender_case s join unnest(?::text[], ?::text[]) as w(partner, sender_case_no)
                on s.partner = w.partner and s.sender_case_no = w.sender_case_no
            """;
    private static final String SAID = """
            select w.place, bool_and(m.parked_reason is not null) as parked from unnest(?::text[], ?::text[], ?::text[], ?::bytea[])
                with ordinality as w(partner, case_no, document, digest, place)
            join message m on m.case_no = w.case_no and m.partner = w.partner and m.document = w.document
                and m.digest = w.digest
            group by w.place
            """;
    private static final String UNANSWERED = """
            select exists (select 1 from message where id = ? and parked_reason is not null
                and parked_end is distinct from 'taken')
            """;
    private static final String TAKEN = """
            update message set parked_end = 'taken', parked_ended_at = coalesce(parked_ended_at, now())
            where id = ? and parked_reason is not null
            """;
    /**
     * Ids rise from the application on: what came before the counter visit was for its pre-review. In the order of the lane
     * in which it has travelled before: two processes' clocks may differ.
     */
    private static final String HELD_AT_CENTRE = """
            select id, document, body from message m where case_no = ? and id >= ?
                and (partner = ? or partner = (select partner from message where id = ?))
                and document in ('application', 'supplement')
            order by (select min(d.lane_no) from delivery d where d.message_id = m.id), id
            """;

    private static final String MESSAGE = """
            insert into message (id, partner, document, case_no, cause, body, digest, accepted_at, parked_reason,
                translation)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """;
    private static final String DELIVERY = """
            insert into delivery (id, message_id, document, case_no, receiver, queue, state, lane_no, held, urgent, due_at,
                not_before, sent_until, created_at, awaits, enriched)
            select w.id, w.message_id, w.document, w.case_no, w.receiver, w.queue, 'pending', w.lane_no, w.held, w.urgent,
                now() + w.delay * interval '1 millisecond', now() + nullif(w.delay, 0) * interval '1 millisecond',
                case when w.travels then now() + ?::bigint * interval '1 second' end, w.created_at, w.awaits, w.awaits > 0
            from unnest(?::uuid[], ?::uuid[], ?::text[], ?::text[], ?::text[], ?::text[], ?::int[], ?::boolean[], ?::boolean[],
                ?::bigint[], ?::boolean[], ?::timestamptz[], ?::int[]) as w(id, message_id, document, case_no, receiver,
                queue, lane_no, held, urgent, delay, travels, created_at, awaits)
            """;
    /** Under the lock of each case, so that nobody else writes the same row; by its number, whatever a plan would rather read. */
    private static final String TOLD = """
            insert into case_told (partner, received_at, case_no)
            select distinct w.receiver, c.received_at, w.case_no from unnest(?::text[], ?::text[]) as w(case_no, receiver)
            cross join lateral (select sender, received_at from case_file where case_no = w.case_no limit 1) c
            where w.receiver <> c.sender
            on conflict do nothing
            """;

    /**
     * A delivery that is opened.
     *
     * @param number its place in its lane, or null where it has none
     * @param travels whether the dispatch that follows the commit sends it
     */
    private record Opened(Delivery delivery, @Nullable Integer number, boolean held, boolean travels) {}

    private static final String TRAVEL =
            "update delivery set sent_until = now() + ?::bigint * interval '1 second' where id = any(?::uuid[])";

    private static final String WAKE = """
            update delivery set woken = claim_until is not null,
                due_at = case when claim_until is null then now() else due_at end,
                sent_until = case when claim_until is null then null else sent_until end
            where id = any(?::uuid[]) and state = 'pending'
            """;

    private final JdbcTemplate sql;
    private final Lanes lanes;
    private final long sendLeaseSeconds;
    private final Predicate<String> room;

    /**
     * @param sendLeaseSeconds how long a new delivery is left to the dispatch that follows its commit
     * @param room takes a receiver's place in the broker's window; without one a delivery waits for the redispatcher
     */
    public MessageStore(JdbcTemplate sql, long sendLeaseSeconds, Predicate<String> room) {
        this.sql = sql;
        this.lanes = new Lanes(sql);
        this.sendLeaseSeconds = sendLeaseSeconds;
        this.room = room;
    }

    /** A store whose new deliveries all wait for the redispatcher. */
    public MessageStore(JdbcTemplate sql) {
        this(sql, 0, receiver -> false);
    }

    /** Takes the keys that nobody has, in sorted order; returns those. */
    public Set<Key> take(Collection<Kept> wanted) {
        Set<Key> taken = new HashSet<>();
        if (wanted.isEmpty()) {
            return taken;
        }
        List<Kept> sorted = wanted.stream()
                .sorted(Comparator.comparing((Kept kept) -> kept.key().partner())
                        .thenComparing(kept -> kept.key().idempotencyKey()))
                .toList();
        sql.query(
                TAKE_KEYS,
                row -> {
                    taken.add(new Key(row.getString("partner"), row.getString("idempotency_key")));
                },
                sorted.stream().map(kept -> kept.key().partner()).toArray(String[]::new),
                sorted.stream().map(kept -> kept.key().idempotencyKey()).toArray(String[]::new),
                sorted.stream().map(kept -> kept.messageId().toString()).toArray(String[]::new),
                Columns.bytes(sorted, Kept::digest),
                Columns.bytes(sorted, Kept::receipt),
                sorted.stream().map(kept -> kept.acceptedAt().toString()).toArray(String[]::new));
        return taken;
    }

    /**
     * The places in the list of what the same partner said of the same case before, word for word.
     *
     * @return with each, whether it is nothing but parked: then it may be taken after all
     */
    public Map<Integer, Boolean> saidBefore(List<Saying> sayings) {
        Map<Integer, Boolean> before = new HashMap<>();
        if (sayings.isEmpty()) {
            return before;
        }
        sql.query(
                SAID,
                row -> {
                    before.put(row.getInt("place") - 1, row.getBoolean("parked"));
                },
                sayings.stream().map(Saying::partner).toArray(String[]::new),
                sayings.stream().map(Saying::caseNo).toArray(String[]::new),
                sayings.stream().map(Saying::document).toArray(String[]::new),
                Columns.bytes(sayings, Saying::digest));
        return before;
    }

    /** Whether this message is parked and nothing was taken in its place: what comes under its key may be. */
    public boolean isUnanswered(UUID message) {
        return Boolean.TRUE.equals(sql.queryForObject(UNANSWERED, Boolean.class, message));
    }

    /** Something was taken in the place of a parked message. */
    public void takenInstead(UUID message) {
        sql.update(TAKEN, message);
    }

    /** Whether a message is this document, of that case where one is named: its bytes alone may be those of another case's too. */
    public boolean isOf(UUID message, String document, @Nullable String caseNo) {
        return Boolean.TRUE.equals(sql.queryForObject(IS_OF, Boolean.class, message, document, caseNo, caseNo));
    }

    /** What this key stands for, if it was ever taken. */
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

    /** Takes senders' own case numbers, in sorted order; returns the message that each stands for now. */
    public Map<SenderCase, UUID> takeSenderCases(SortedMap<SenderCase, UUID> wanted) {
        Map<SenderCase, UUID> owners = new HashMap<>();
        if (wanted.isEmpty()) {
            return owners;
        }
        String[] partners = wanted.keySet().stream().map(SenderCase::partner).toArray(String[]::new);
        String[] numbers = wanted.keySet().stream().map(SenderCase::number).toArray(String[]::new);
        RowCallbackHandler owner = row -> owners.put(
                new SenderCase(row.getString("partner"), row.getString("sender_case_no")),
                row.getObject("message_id", UUID.class));
        String[] messages = wanted.values().stream().map(UUID::toString).toArray(String[]::new);
        sql.query(TAKE_SENDER_CASES, owner, partners, numbers, messages);
        if (owners.size() < wanted.size()) {
            sql.query(SENDER_CASES, owner, partners, numbers);
        }
        return owners;
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
                            message.parkedReason(),
                            message.translation()
                        })
                        .toList());
    }

    /**
     * Opens deliveries in their lanes' order; returns those that may travel at once. What has no lane never does: it
     * travels after everything that has one.
     */
    public List<Delivery> open(Collection<Delivery> deliveries) {
        return open(deliveries, delivery -> false);
    }

    /**
     * As the other.
     *
     * @param toSender what goes to the sender of its case, as far as the caller knows
     */
    public List<Delivery> open(Collection<Delivery> deliveries, Predicate<Delivery> toSender) {
        if (deliveries.isEmpty()) {
            return List.of();
        }
        Map<Lane, List<Delivery>> byLane = deliveries.stream()
                .filter(Delivery::inLane)
                .sorted(Comparator.comparing(Delivery::id))
                .collect(Collectors.groupingBy(MessageStore::lane, TreeMap::new, Collectors.toList()));
        TreeMap<Lane, Integer> wanted = new TreeMap<>();
        byLane.forEach((lane, several) -> wanted.put(lane, several.size()));
        Map<Lane, Lanes.Places> places = lanes.take(wanted);
        List<Opened> rows = new ArrayList<>();
        List<Delivery> travelling = new ArrayList<>();
        byLane.forEach((lane, several) -> {
            int number = places.get(lane).first();
            for (Delivery delivery : several) {
                boolean held = number > places.get(lane).lowestOpen() || delivery.awaits() > 0;
                boolean travels = !held && delivery.delay().isZero() && room.test(delivery.receiver());
                rows.add(new Opened(delivery, number++, held, travels));
                if (travels) {
                    travelling.add(delivery);
                }
            }
        });
        deliveries.stream()
                .filter(delivery -> !delivery.inLane())
                .forEach(delivery -> rows.add(new Opened(delivery, null, false, false)));
        insert(rows);
        List<Delivery> told = deliveries.stream().filter(toSender.negate()).toList();
        if (!told.isEmpty()) {
            sql.update(TOLD, Columns.texts(told, Delivery::caseNo), Columns.texts(told, Delivery::receiver));
        }
        return travelling;
    }

    private static Lane lane(Delivery delivery) {
        return new Lane(delivery.caseNo(), delivery.receiver());
    }

    private void insert(List<Opened> rows) {
        sql.update(
                DELIVERY,
                sendLeaseSeconds,
                Columns.texts(rows, row -> row.delivery().id()),
                Columns.texts(rows, row -> row.delivery().messageId()),
                Columns.texts(rows, row -> row.delivery().document()),
                Columns.texts(rows, row -> row.delivery().caseNo()),
                Columns.texts(rows, row -> row.delivery().receiver()),
                Columns.texts(rows, row -> row.delivery().queue()),
                rows.stream().map(Opened::number).toArray(Integer[]::new),
                rows.stream().map(Opened::held).toArray(Boolean[]::new),
                rows.stream().map(row -> row.delivery().urgent()).toArray(Boolean[]::new),
                rows.stream().map(row -> row.delivery().delay().toMillis()).toArray(Long[]::new),
                rows.stream().map(Opened::travels).toArray(Boolean[]::new),
                Columns.texts(rows, row -> row.delivery().openedAt()),
                rows.stream().map(row -> row.delivery().awaits()).toArray(Integer[]::new));
    }

    /** What a centre held until it accepted the case, on its way to the partner that decides: oldest first. */
    public List<Delivery> forwarding(CaseFile file, Instant now) {
        boolean urgent = !sql.queryForList(
                        "select 1 from delivery where message_id = ? and urgent limit 1",
                        Integer.class,
                        file.applicationId())
                .isEmpty();
        return sql.query(
                HELD_AT_CENTRE,
                (row, number) -> new Delivery(
                        TimeOrderedId.next(),
                        row.getObject("id", UUID.class),
                        row.getString("document"),
                        file.caseNo(),
                        file.receiver(),
                        Delivery.WORK,
                        urgent,
                        now,
                        Duration.ZERO,
                        row.getBytes("body"),
                        0),
                file.caseNo(),
                file.applicationId(),
                file.sender(),
                file.applicationId());
    }

    /**
     * Has an attempt made at once of what waits for its time. Of what somebody works on now another attempt follows, since
     * this one may not have seen what came.
     */
    public void wake(Collection<UUID> deliveries) {
        if (!deliveries.isEmpty()) {
            sql.update(WAKE, (Object) Columns.texts(deliveries, UUID::toString));
        }
    }

    /**
     * Lets the next of each lane travel, where something of it is over.
     *
     * @return all that may travel now; where there is no room for it, the redispatcher sends it
     */
    public List<Released> releaseNext(Collection<Lane> ended) {
        return ended.isEmpty() ? List.of() : lanes.release(ended);
    }

    /** Those of these for which the broker has room: they are left to the dispatch that follows the commit. */
    public List<Released> travelling(List<Released> released) {
        List<Released> travelling =
                released.stream().filter(one -> room.test(one.receiver())).toList();
        if (!travelling.isEmpty()) {
            sql.update(TRAVEL, sendLeaseSeconds, Columns.texts(travelling, Released::id));
        }
        return travelling;
    }
}
