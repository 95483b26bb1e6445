package org.shuniu.notice;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.shuniu.partner.PartnerDirectory;
import org.shuniu.store.CaseEvent;
import org.shuniu.store.CaseFile;
import org.shuniu.store.Delivery;
import org.shuniu.store.EventLog;
import org.shuniu.store.Json;
import org.shuniu.store.MessageStore;
import org.shuniu.store.StoredMessage;
import org.shuniu.store.TimeOrderedId;
import org.shuniu.vault.Vault;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Tells senders, once for each delivery and kind, by a message of the hub's own; every method runs in its caller's
 * transaction.
 *
 * <p>What has no lane (receipts themselves, evidence) causes no receipt, and whoever has no operation {@code receipt} gets
 * none.
 */
public final class Notices {

    /** Who speaks in a receipt. */
    private static final String HUB = "hub";

    private static final String DOCUMENT = "receipt";
    private static final String TELL = """
            with told as (%s on conflict do nothing returning about)
            select d.id, d.message_id, d.document, d.case_no, d.receiver, d.state, c.sender,
                coalesce(d.settled_at, d.created_at) as since,
                case when d.state = 'pending' and not exists (select 1 from pause p where p.partner = d.receiver
                        and p.until is null)
                    then greatest(now(), d.due_at, (select max(p.until) from pause p where p.partner = d.receiver))
                end as next_attempt
            from told join delivery d on d.id = told.about join case_file c on c.case_no = d.case_no order by d.id
            """;
    private static final String PARKED = TELL.formatted("""
            insert into notice (about, kind) select d.id, 'parked' from delivery d join case_file c on c.case_no = d.case_no
            where d.id = any(?) and d.state = 'parked' and d.lane_no is not null and c.sender = any(?) order by d.id
            """);
    private static final String REFUSED = TELL.formatted("""
            insert into notice (about, kind) select d.id, 'refused' from delivery d join case_file c on c.case_no = d.case_no
            where d.id = any(?) and d.state = 'refused' and d.lane_no is not null and c.sender = any(?)
                and d.receiver <> c.sender order by d.id
            """);
    private static final String PAPER = TELL.formatted("""
            insert into notice (about, kind) select d.id, 'paper' from delivery d join case_file c on c.case_no = d.case_no
            where d.id = any(?) and c.sender = any(?) order by d.id
            """);
    private static final String OVER = TELL.formatted("""
            insert into notice (about, kind) select distinct n.about, ? from notice n
            where n.about = any(?) and n.kind in ('parked', 'delayed') order by 1
            """);
    /** Locked, so that a settlement either comes first or sees what was told. */
    private static final String DELAYED = TELL.formatted("""
            insert into notice (about, kind) select w.id, 'delayed' from (
                select d.id from delivery d join case_file c on c.case_no = d.case_no
                where d.state = 'pending' and not d.held and d.claim_until is null and d.lane_no is not null and c.sender = ?
                    and d.receiver <> c.sender
                    and d.created_at < now() - ? * interval '1 millisecond'
                    and (d.spent > 0 or exists (select 1 from pause p where p.partner = d.receiver and p.reason <> 'hours'))
                    and not exists (select 1 from notice n where n.about = d.id)
                order by d.created_at limit greatest(0, ? - (select count(*) from delivery r where r.receiver = ?
                    and r.queue = 'result' and r.state = 'pending' and not r.held and r.claim_until is null
                    and r.lane_no is null))
                for update of d skip locked) w
            """);

    private final JdbcTemplate sql;
    private final Vault vault;
    private final PartnerDirectory partners;
    private final Duration after;
    private final Clock clock;
    private final MessageStore store;
    private final EventLog log;

    /** @param after how long a delivery waits before its sender is told */
    public Notices(
            JdbcTemplate sql, EventLog log, Vault vault, PartnerDirectory partners, Duration after, Clock clock) {
        this.sql = sql;
        this.log = log;
        this.vault = vault;
        this.partners = partners;
        this.after = after;
        this.clock = clock;
        this.store = new MessageStore(sql);
    }

    /** These deliveries are parked now. */
    public void parked(Collection<UUID> deliveries) {
        if (!deliveries.isEmpty()) {
            tell(
                    Notice.Kind.PARKED,
                    PARKED,
                    deliveries.toArray(UUID[]::new),
                    hearing().toArray(String[]::new));
        }
    }

    /** A message of the case that came from a partner is parked before anybody received it. */
    public void parked(StoredMessage message, CaseFile file) {
        if (hearing().contains(file.sender())) {
            sql.update("insert into notice (about, kind) values (?, 'parked')", message.id());
            write(List.of(new Notice(
                    Notice.Kind.PARKED,
                    message.id(),
                    message.id(),
                    message.document(),
                    file.caseNo(),
                    file.sender(),
                    message.partner(),
                    "parked",
                    message.acceptedAt().atOffset(ZoneOffset.UTC),
                    null)));
        }
    }

    /** These deliveries are delivered or refused now; whoever was told that they are stuck is told that they are not. */
    public void over(Collection<UUID> deliveries) {
        if (!deliveries.isEmpty()) {
            tell(Notice.Kind.RESOLVED, OVER, Notice.Kind.RESOLVED.word(), deliveries.toArray(UUID[]::new));
        }
    }

    /** These deliveries are refused now, and the receiver's answer holds no document that says so to the sender. */
    public void refused(Collection<UUID> deliveries) {
        if (!deliveries.isEmpty()) {
            tell(
                    Notice.Kind.REFUSED,
                    REFUSED,
                    deliveries.toArray(UUID[]::new),
                    hearing().toArray(String[]::new));
        }
    }

    /** What these deliveries should have brought is not waited for any longer: the paper is looked at instead. */
    public void onPaper(Collection<UUID> deliveries) {
        if (!deliveries.isEmpty()) {
            tell(
                    Notice.Kind.PAPER,
                    PAPER,
                    deliveries.toArray(UUID[]::new),
                    hearing().toArray(String[]::new));
        }
    }

    /** A person has given this delivery up. */
    public void givenUp(UUID delivery) {
        tell(Notice.Kind.GIVEN_UP, OVER, Notice.Kind.GIVEN_UP.word(), new UUID[] {delivery});
    }

    /** Whether anybody may have been told of a delivery; spares the many quick ones a question to the database. */
    public boolean mayHaveTold(Instant createdAt, int attempts) {
        return attempts > 1 || createdAt.isBefore(clock.instant().minus(after));
    }

    /**
     * Tells one sender of what has waited too long for receivers that are down.
     *
     * @param most receipts that may be under way to this sender
     */
    void delayed(String sender, int most) {
        tell(Notice.Kind.DELAYED, DELAYED, sender, after.toMillis(), most, sender);
    }

    /** The senders that want receipts. */
    List<String> hearing() {
        return partners.all().stream()
                .filter(partner -> partner.operations().containsKey(DOCUMENT))
                .map(partner -> partner.id())
                .toList();
    }

    private void tell(Notice.Kind kind, String statement, Object... values) {
        write(sql.query(statement, (row, number) -> Notice.read(kind, row), values));
    }

    private void write(List<Notice> notices) {
        if (notices.isEmpty()) {
            return;
        }
        Instant now = clock.instant();
        ReceiptDocument documents = new ReceiptDocument(partners, now.atOffset(ZoneOffset.UTC));
        List<StoredMessage> messages = new ArrayList<>();
        List<Delivery> deliveries = new ArrayList<>();
        List<CaseEvent> events = new ArrayList<>();
        for (Notice notice : notices) {
            StoredMessage message = message(notice, Json.bytes(documents.of(notice)), now);
            messages.add(message);
            deliveries.add(Delivery.of(message, notice.sender(), Delivery.RETURN));
            events.add(new CaseEvent(
                    now,
                    notice.caseNo(),
                    message.id(),
                    notice.about(),
                    "notified",
                    notice.sender(),
                    null,
                    notice.kind().word()));
        }
        store.save(messages);
        store.open(deliveries);
        log.record(events);
    }

    private StoredMessage message(Notice notice, byte[] body, Instant now) {
        UUID id = TimeOrderedId.next();
        byte[] sealed = vault.seal(body, "message.body", id);
        return new StoredMessage(
                id,
                HUB,
                DOCUMENT,
                notice.caseNo(),
                notice.messageId(),
                sealed,
                StoredMessage.digestOf(body),
                now,
                null);
    }
}
