package org.shuniu.delivery;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.shuniu.store.CaseEvent;
import org.shuniu.store.CaseFile;
import org.shuniu.store.CaseFiles;
import org.shuniu.store.EventLog;
import org.shuniu.store.MessageStore;
import org.shuniu.store.Pools;
import org.shuniu.store.StoredMessage;
import org.shuniu.store.TimeOrderedId;
import org.shuniu.vault.Vault;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers that come by themselves: kept on disk first, then read; a crash between the two is made good by a sweep. */
public final class ReceivedAnswers implements AutoCloseable {

    /**
     * An answer that is kept and waits to be read.
     *
     * @param mediaType as the partner named it, or null
     * @param receivedAt on the database's clock: however often it is read, and however late, what comes of it must be the same
     */
    public record Unread(UUID id, String partner, String source, String mediaType, byte[] body, Instant receivedAt) {}

    private record Swept(
            UUID id, String partner, String source, String mediaType, byte[] sealed, int tries, Instant receivedAt) {
        Unread opened(Vault vault) {
            return new Unread(id, partner, source, mediaType, vault.open(sealed, "answer.body", id), receivedAt);
        }
    }

    /** Hands an answer to the route that reads it. */
    @FunctionalInterface
    public interface Reader {
        void read(Unread answer);
    }

    private static final Logger LOG = LoggerFactory.getLogger(ReceivedAnswers.class);
    /** The next try is set before this one, so that a try which ends the process counts too. */
    private static final String SWEEP = """
            update answer set tries = tries + 1,
                retry_at = now() + least(10 * 2 ^ least(tries, 10), 3600) * interval '1 second'
            where id in (select id from answer where read_at is null and retry_at <= now()
                order by retry_at limit ? for update skip locked)
            returning id, partner, source, media_type, body, tries, received_at
            """;

    /** What cannot be opened was not read: it keeps its tries for when its key is back. */
    private static final String CLOSED = """
            update answer set tries = tries - 1, retry_at = now() + interval '5 minutes' where id = ? and read_at is null
            """;

    private static final int SWEPT_AT_ONCE = 100;
    private static final int MOST_TRIES = 5;
    private static final int READERS = 2;
    private static final int LINE = 1_000;

    private final Pools.Door door;
    private final EventLog events;
    private final Answers answers;
    private final Vault vault;
    private final OwnMessages own;
    private final Reader reader;
    private final BooleanSupplier ready;
    private final ThreadPoolExecutor threads;

    /**
     * @param own messages that the hub sent for itself
     * @param ready whether answers can be read by now: while a hub starts, the sweep costs none of its tries
     */
    public ReceivedAnswers(
            Pools.Door door, EventLog events, Vault vault, OwnMessages own, Reader reader, BooleanSupplier ready) {
        this.door = door;
        this.events = events;
        this.answers = new Answers(door.sql(), vault);
        this.vault = vault;
        this.own = own;
        this.reader = reader;
        this.ready = ready;
        this.threads = new ThreadPoolExecutor(
                READERS,
                READERS,
                0,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(LINE),
                new ThreadPoolExecutor.DiscardPolicy());
    }

    /** Commits the bytes; only then may the partner be told that they are kept. */
    public void keep(String partner, String source, String eventKey, String mediaType, byte[] body) {
        kept(partner, source, eventKey, mediaType, body).ifPresent(answer -> threads.execute(() -> read(answer)));
    }

    private Optional<Unread> kept(String partner, String source, String eventKey, String mediaType, byte[] body) {
        UUID id = TimeOrderedId.next();
        return answers.keep(id, partner, source, eventKey, mediaType, body)
                .map(receivedAt -> new Unread(id, partner, source, mediaType, body, receivedAt));
    }

    /**
     * As {@link #keep}, within the caller's transaction of the settlement pool.
     *
     * @return what reads it, to be run after the commit
     */
    public Runnable keepWithin(String partner, String source, String eventKey, String mediaType, byte[] body) {
        Optional<Unread> fresh = kept(partner, source, eventKey, mediaType, body);
        return () -> fresh.ifPresent(answer -> threads.execute(() -> read(answer)));
    }

    /** As {@link #keep}, but the caller reads it itself: a file of very many rows must not fill the line that all share. */
    void keepAndRead(String partner, String source, String eventKey, String mediaType, byte[] body) {
        kept(partner, source, eventKey, mediaType, body).ifPresent(this::read);
    }

    private void read(Unread answer) {
        try {
            reader.read(answer);
        } catch (RuntimeException failure) {
            LOG.warn("Answer {} of {} waits for the sweep: {}", answer.id(), answer.partner(), failure.toString());
        }
    }

    /**
     * Reads what was kept but never read; called now and then. What cannot be read is tried ever more seldom.
     *
     * @return whether there may be more of it
     */
    public boolean sweep() {
        if (!ready.getAsBoolean()) {
            return false;
        }
        List<Swept> some = door.sql().query(SWEEP, ReceivedAnswers::swept, SWEPT_AT_ONCE);
        some.forEach(this::readAgain);
        return some.size() == SWEPT_AT_ONCE;
    }

    private void readAgain(Swept swept) {
        Unread answer;
        try {
            answer = swept.opened(vault);
        } catch (RuntimeException sealed) {
            // Not lost: it is kept as it came.
            door.sql().update(CLOSED, swept.id());
            LOG.error("Answer {} of {} cannot be opened: {}", swept.id(), swept.partner(), sealed.toString());
            return;
        }
        if (swept.tries() > MOST_TRIES) {
            park(answer, "the hub could not read it in %d tries".formatted(MOST_TRIES));
        } else {
            read(answer);
        }
    }

    private static Swept swept(ResultSet row, int number) throws SQLException {
        return new Swept(
                row.getObject("id", UUID.class),
                row.getString("partner"),
                row.getString("source"),
                row.getString("media_type"),
                row.getBytes("body"),
                row.getInt("tries"),
                CaseFiles.instant(row, "received_at"));
    }

    /** Whether it reports of what the hub sent for itself; then that is kept, and nobody has to look at it. */
    boolean isOfOwn(ReadAnswer read) {
        ReadAnswer.Report report = read.report();
        return report != null
                && Boolean.TRUE.equals(door.transaction().execute(status -> {
                    boolean ours = own.reported(report.messageId(), report.state());
                    if (ours) {
                        answers.markRead(read.answer().id(), null, null);
                    }
                    return ours;
                }));
    }

    /** An answer that belongs to no delivery is accepted all the same, and parked for a person. */
    public void park(Unread answer, String reason) {
        StoredMessage message = parked(answer.partner(), answer.body(), reason);
        door.transaction().executeWithoutResult(status -> {
            if (answers.markRead(answer.id(), message.id(), reason)) {
                save(message);
            }
        });
    }

    /** Something of a partner that is no single answer, such as a file that cannot be read, is parked for a person. */
    public void park(String partner, byte[] body, String reason) {
        StoredMessage message = parked(partner, body, reason);
        door.transaction().executeWithoutResult(status -> save(message));
    }

    private StoredMessage parked(String partner, byte[] body, String reason) {
        UUID id = TimeOrderedId.next();
        return new StoredMessage(
                id,
                partner,
                "result",
                null,
                null,
                vault.seal(body, "message.body", id),
                StoredMessage.digestOf(body),
                Instant.now(),
                reason);
    }

    private void save(StoredMessage message) {
        new MessageStore(door.sql()).save(List.of(message));
        events.record(List.of(parked(message)));
    }

    private static CaseEvent parked(StoredMessage message) {
        return new CaseEvent(
                message.acceptedAt(),
                null,
                message.id(),
                null,
                "parked",
                message.partner(),
                null,
                message.parkedReason(),
                message.digest());
    }

    /** When the hub received the case that a partner's own message speaks of. */
    public Optional<Instant> receivedAt(String partner, String caseNo, UUID messageId) {
        return caseNo == null && messageId == null
                ? Optional.empty()
                : new DeliveryStore(door.sql())
                        .find(partner, caseNo, messageId)
                        .flatMap(row -> new CaseFiles(door.sql()).find(row.caseNo()))
                        .map(CaseFile::receivedAt);
    }

    /** The delivery that a partner's own message speaks of. */
    public Optional<Settlement> about(Unread answer, Outcome outcome, String caseNo, UUID messageId) {
        return new DeliveryStore(door.sql())
                .find(answer.partner(), caseNo, messageId)
                .map(row -> new Settlement(
                        row.id(),
                        row.caseNo(),
                        row.receiver(),
                        null,
                        outcome,
                        new Settlement.Answer(
                                answer.id(),
                                true,
                                answer.receivedAt(),
                                answer.receivedAt(),
                                answer.body(),
                                answer.mediaType())));
    }

    @Override
    public void close() {
        threads.shutdown();
    }
}
