package org.shuniu.delivery;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.shuniu.batch.Batches;
import org.shuniu.store.CaseFiles;
import org.shuniu.store.Columns;
import org.springframework.jdbc.core.JdbcTemplate;

/** The transitions of deliveries in the database; every method runs in its caller's transaction. */
final class DeliveryStore {

    /** A delivery as it stands. */
    record Row(
            UUID id,
            UUID messageId,
            String document,
            String caseNo,
            String receiver,
            String queue,
            String state,
            Instant createdAt,
            boolean enriched) {}

    /** A delivery whose claim ran out before anybody settled it. */
    record Lapsed(UUID id, String caseNo, String receiver, int spent) {}

    /**
     * When a receiver said something that it does not count.
     *
     * @param second on its own clock, at most that of {@link Settlement.Answer#receivedAt}
     * @param by of {@link Settlement.Answer#askedAt}; of one second the later one is newer
     */
    record SaidAt(Instant second, Instant by) implements Comparable<SaidAt> {

        private static final Comparator<SaidAt> ORDER =
                Comparator.comparing(SaidAt::second).thenComparing(SaidAt::by);

        static SaidAt of(Instant said, Instant receivedAt, Instant askedAt) {
            return new SaidAt((said.isBefore(receivedAt) ? said : receivedAt).truncatedTo(ChronoUnit.SECONDS), askedAt);
        }

        @Override
        public int compareTo(SaidAt other) {
            return ORDER.compare(this, other);
        }
    }

    /**
     * How far a receiver is with a case, by what it has just said.
     *
     * @param number that it gave to what it said, or null
     * @param at null where it gave a number, and where it said a result
     */
    record Word(
            String receiver,
            String caseNo,
            @Nullable Long number,
            @Nullable SaidAt at) {

        boolean tells() {
            return number != null || at != null;
        }
    }

    private static final String SAYS = """
            update lane l set said_no = greatest(l.said_no, w.said_no),
                said_at = greatest(l.said_at, w.said_at),
                said_by = case when l.said_at > w.said_at or w.said_at is null then l.said_by
                    when l.said_at = w.said_at then greatest(l.said_by, w.said_by) else w.said_by end
            from unnest(?::text[], ?::text[], ?::bigint[], ?::timestamptz[], ?::timestamptz[])
                as w(receiver, case_no, said_no, said_at, said_by)
            where l.case_no = w.case_no and l.receiver = w.receiver
            """;

    /** Something that came meanwhile is followed by another attempt at once, and costs none. */
    private static final String POSTPONE = """
            update delivery set due_at = now() + case when woken then 0 else ? end * interval '1 millisecond',
                spent = spent + case when woken then 0 else ? end, woken = false, claim_owner = null, claim_until = null,
                sent_until = null, reason = ?, fault = ?, ask_first = ?, outcome_unknown = outcome_unknown or ?,
                again = again and not ?,
                translation = coalesce(?::int, translation), first_translation = coalesce(first_translation, ?::int)
            where id = ? and state = 'pending' and claim_owner = ? and attempt = ?
            """;

    private static final String PARK = """
            update delivery set state = 'parked', claim_owner = null, claim_until = null, sent_until = null, reason = ?,
                fault = ?, outcome_unknown = outcome_unknown or ?, settled_at = now(),
                translation = coalesce(?::int, translation), first_translation = coalesce(first_translation, ?::int)
            where id = ? and state = 'pending' and (?::uuid is null or claim_owner = ? and attempt = ?)
            """;
    /** Whoever had taken it, or works on it now, does not understand it. */
    private static final String REJECT = """
            update delivery set state = 'parked', claim_owner = null, claim_until = null, sent_until = null, reason = ?,
                fault = ?, settled_at = now(), held = false
            where id = ? and state in ('pending', 'delivered')
            """;

    /** What is under way can't be called back, but is not repeated before its turn; all else waits behind the older one. */
    private static final String HOLD_LATER = """
            update delivery d set held = true from delivery gone
            where gone.id = ? and d.case_no = gone.case_no and d.receiver = gone.receiver and d.lane_no > gone.lane_no
                and d.state = 'pending'
            """;

    /** Whatever a region said of it in its inbox: it is there to be fetched again, and nothing that was said counts for it any more. */
    private static final String OFFER_ANEW = """
            update exchange_sent s set settled_at = null, rejected = null, lease_token = null, lease_until = null from delivery d
            where d.id = any(?::uuid[]) and s.partner = d.receiver and s.message_id = d.message_id and\s""";

    private static final String FINISH = """
            update delivery d set state = w.state, claim_owner = null, claim_until = null, sent_until = null, held = false,
                reason = w.reason, fault = null, settled_at = now(),
                translation = coalesce(w.translation, d.translation),
                first_translation = coalesce(d.first_translation, w.translation)
            from unnest(?::uuid[], ?::text[], ?::text[], ?::int[], ?::uuid[]) as w(id, state, reason, translation, asker)
            where d.id = w.id and d.state in ('pending', 'parked') and (w.asker is null or d.claim_owner = w.asker)
            returning d.id
            """;

    private static final String COLUMNS =
            "id, message_id, document, case_no, receiver, queue, state, created_at, enriched";

    private static final String NEWEST = "order by (document = 'application') desc, created_at desc limit 1";

    /** One question for each, so that each has a plan that goes by what is named, not through all that a receiver ever got. */
    private static final String OF_CASE = """
            select %s from delivery where case_no = ? and receiver = ? and queue = 'application' %s
            """.formatted(COLUMNS, NEWEST);

    private static final String OF_MESSAGE = """
            select %s from delivery where message_id = ? and receiver = ? and queue = 'application'
                and (?::text is null or case_no = ?) %s
            """.formatted(COLUMNS, NEWEST);

    private final JdbcTemplate sql;

    DeliveryStore(JdbcTemplate sql) {
        this.sql = sql;
    }

    /**
     * A delivery that goes back to wait.
     *
     * @param spends whether the attempt counts against the schedule
     * @param ask whether the receiver must be asked first what became of this attempt
     * @param unknown whether nobody knows what this attempt did; a delivery keeps that for ever
     */
    record Postponement(
            UUID id,
            Settlement.Claim claim,
            Duration delay,
            boolean spends,
            String reason,
            String fault,
            boolean ask,
            boolean unknown,
            Integer translation) {}

    /**
     * A delivery that waits for a person.
     *
     * @param claim the attempt that alone may decide this, or null where it does not matter who works on the delivery now
     * @param unknown whether nobody knows what the last attempt did
     */
    record Parking(
            UUID id,
            Settlement.@Nullable Claim claim,
            String reason,
            String fault,
            boolean unknown,
            Integer translation) {}

    /**
     * A delivery that is over.
     *
     * @param state {@code delivered} or {@code refused}
     * @param asker who only asked whether the receiver has it, or null; counts while the delivery is the asker's: what was
     *     sent again meanwhile is another matter
     */
    record Finish(UUID id, String state, String reason, Integer translation, UUID asker) {}

    /** Each of these two says of every element whether it took effect. */
    boolean[] postpone(List<Postponement> postponements) {
        return effective(POSTPONE, postponements, one -> new Object[] {
            one.delay().toMillis(),
            one.spends() ? 1 : 0,
            one.reason(),
            one.fault(),
            one.ask(),
            one.unknown(),
            one.unknown(),
            one.translation(),
            one.translation(),
            one.id(),
            one.claim().owner(),
            one.claim().number()
        });
    }

    boolean[] park(List<Parking> parkings) {
        return effective(PARK, parkings, one -> new Object[] {
            one.reason(),
            one.fault(),
            one.unknown(),
            one.translation(),
            one.translation(),
            one.id(),
            one.claim() == null ? null : one.claim().owner(),
            one.claim() == null ? null : one.claim().owner(),
            one.claim() == null ? 0 : one.claim().number()
        });
    }

    /**
     * Parks what its receiver had taken, or seemed to take, and sent back; what follows in its case waits behind it.
     *
     * @return whether it was not parked or over before
     */
    boolean reject(UUID delivery, String reason, String fault) {
        boolean parked = sql.update(REJECT, reason, fault, delivery) == 1;
        Batches.rejected(sql, delivery);
        if (parked) {
            holdLater(delivery);
        }
        return parked;
    }

    /** Lets what follows in the lane of a delivery wait behind it. */
    void holdLater(UUID delivery) {
        sql.update(HOLD_LATER, delivery);
    }

    /** Those of these that a file has taken and its reader sent back. */
    Set<UUID> rejected(Collection<UUID> deliveries) {
        return deliveries.isEmpty() ? Set.of() : Batches.rejected(sql, deliveries);
    }

    /** The deliveries that are over by this and were not before; no delivery may stand in the list twice. */
    Set<UUID> finish(List<Finish> finishes) {
        return finishes.isEmpty()
                ? Set.of()
                : new HashSet<>(sql.queryForList(
                        FINISH,
                        UUID.class,
                        finishes.stream().map(one -> one.id().toString()).toArray(String[]::new),
                        finishes.stream().map(Finish::state).toArray(String[]::new),
                        finishes.stream().map(Finish::reason).toArray(String[]::new),
                        finishes.stream().map(Finish::translation).toArray(Integer[]::new),
                        finishes.stream()
                                .map(one ->
                                        one.asker() == null ? null : one.asker().toString())
                                .toArray(String[]::new)));
    }

    /**
     * What regions rejected of these in their inboxes is recorded by this transaction: who sends it again after that means that the region
     * is to look at it again, and what is refused leaves its number to the next.
     */
    void recorded(Collection<UUID> rejected) {
        offerAnew(rejected, "s.rejected is not null");
    }

    /** A region has signed that it took it, and speaks of what it has lost: that must not stand for an answer to what comes now. */
    void lost(UUID delivery) {
        offerAnew(List.of(delivery), "s.settled_at is not null");
    }

    private void offerAnew(Collection<UUID> deliveries, String which) {
        if (!deliveries.isEmpty()) {
            sql.update(OFFER_ANEW + which, (Object)
                    deliveries.stream().map(UUID::toString).toArray(String[]::new));
        }
    }

    /** Whether this delivery is the one that tries whether its receiver is back. */
    boolean probes(UUID id, String receiver) {
        return Boolean.TRUE.equals(sql.queryForObject(
                "select exists (select 1 from pause where partner = ? and probe = ?)", Boolean.class, receiver, id));
    }

    /** What was to try whether its receiver is back made no call: the next may try at once. */
    void giveProbeBack(UUID id, String receiver) {
        sql.update("update pause set until = now() where partner = ? and probe = ?", receiver, id);
    }

    /** The highest number that the receiver has given to a message about the case. */
    long saidNo(String receiver, String caseNo) {
        return sql
                .queryForList(
                        "select said_no from lane where case_no = ? and receiver = ?", Long.class, caseNo, receiver)
                .stream()
                .findFirst()
                .orElse(0L);
    }

    /** Whether a person has answered the sender of a case in the place of this receiver. */
    boolean answeredByAPerson(String caseNo, String receiver) {
        return Boolean.TRUE.equals(sql.queryForObject(
                "select exists (select 1 from answer_request where case_no = ? and receiver = ? and state = 'given')",
                Boolean.class,
                caseNo,
                receiver));
    }

    /** When the receiver last said a status of the case, of those that it does not count. */
    Optional<SaidAt> saidAt(String receiver, String caseNo) {
        return sql
                .query(
                        "select said_at, said_by from lane where case_no = ? and receiver = ? and said_by is not null",
                        (row, number) ->
                                new SaidAt(CaseFiles.instant(row, "said_at"), CaseFiles.instant(row, "said_by")),
                        caseNo,
                        receiver)
                .stream()
                .findFirst();
    }

    /** Keeps how far each receiver is, of cases that are all others. */
    void says(List<Word> words) {
        if (!words.isEmpty()) {
            sql.update(
                    SAYS,
                    Columns.texts(words, Word::receiver),
                    Columns.texts(words, Word::caseNo),
                    Columns.texts(words, Word::number),
                    Columns.texts(
                            words, word -> word.at() == null ? null : word.at().second()),
                    Columns.texts(
                            words, word -> word.at() == null ? null : word.at().by()));
        }
    }

    private <T> boolean[] effective(String statement, List<T> elements, Function<T, Object[]> row) {
        boolean[] effective = new boolean[elements.size()];
        if (elements.isEmpty()) {
            return effective;
        }
        int[] counts = sql.batchUpdate(statement, elements.stream().map(row).toList());
        for (int i = 0; i < counts.length; i++) {
            effective[i] = counts[i] == 1;
        }
        return effective;
    }

    Map<UUID, Row> find(Collection<UUID> ids) {
        Map<UUID, Row> found = new HashMap<>();
        sql.query(
                "select %s from delivery where id = any(?::uuid[])".formatted(COLUMNS),
                row -> {
                    Row read = row(row, 0);
                    found.put(read.id(), read);
                },
                (Object) ids.stream().map(UUID::toString).toArray(String[]::new));
        return found;
    }

    /**
     * The delivery that a receiver's own message about a case speaks of: the one of the message that it names, or the newest
     * of the kind that it works on. A message of another case is none: what names both is believed about neither.
     */
    Optional<Row> find(String receiver, @Nullable String caseNo, @Nullable UUID messageId) {
        List<Row> found = messageId == null
                ? sql.query(OF_CASE, DeliveryStore::row, caseNo, receiver)
                : sql.query(OF_MESSAGE, DeliveryStore::row, messageId, receiver, caseNo, caseNo);
        return found.stream().findFirst();
    }

    List<Lapsed> lapsed(int most) {
        return sql.query(
                """
                select id, case_no, receiver, spent from delivery where state = 'pending' and claim_until < now()
                order by id limit ? for update skip locked
                """,
                (row, number) -> new Lapsed(
                        row.getObject("id", UUID.class),
                        row.getString("case_no"),
                        row.getString("receiver"),
                        row.getInt("spent")),
                most);
    }

    /** The attempt of a lapsed claim counts: a message that ends its process each time must come to an end too. */
    void reopen(UUID id, Duration delay, boolean askFirst, String reason) {
        sql.update("""
                update delivery set claim_owner = null, claim_until = null, sent_until = null, spent = spent + 1,
                    due_at = now() + case when woken then 0 else ? end * interval '1 millisecond', woken = false,
                    ask_first = ?, outcome_unknown = true, again = false, reason = ?, fault = 'hub'
                where id = ? and state = 'pending'
                """, delay.toMillis(), askFirst, reason, id);
    }

    private static Row row(ResultSet row, int number) throws SQLException {
        return new Row(
                row.getObject("id", UUID.class),
                row.getObject("message_id", UUID.class),
                row.getString("document"),
                row.getString("case_no"),
                row.getString("receiver"),
                row.getString("queue"),
                row.getString("state"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                row.getBoolean("enriched"));
    }
}
