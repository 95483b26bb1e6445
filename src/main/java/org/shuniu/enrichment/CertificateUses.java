package org.shuniu.enrichment;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.shuniu.store.CaseFiles;
import org.springframework.jdbc.core.JdbcTemplate;

/** The uses of certificates in the database; every method runs in its caller's transaction, under the lock of the case. */
final class CertificateUses {

    /**
     * A use with the message that asks for its step.
     *
     * @param wanted whether its delivery still waits for it
     */
    record Open(CertificateUse use, byte[] sealedRequest, boolean wanted) {}

    private static final String INSERT = """
            insert into certificate_use (id, delivery_id, message_id, case_no, material, type, library, item_code, asked_by,
                purpose, valid_from, valid_to, state, step, step_id, paper_at)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'open', ?, ?, ?)
            """;
    private static final String OPEN = """
            select u.*, m.body as request, d.state in ('pending', 'parked') as wanted
            from certificate_use u join message m on m.id = u.step_id join delivery d on d.id = u.delivery_id
            where u.step_id = any(?) and u.state = 'open'
            """;
    private static final String STEP = """
            update certificate_use set step = ?, step_id = ?, body = ?, reference = coalesce(?, reference),
                answers = answers || ? where id = ? and state = 'open'
            """;
    private static final String END = """
            update certificate_use set state = ?, reason = ?, body = ?, reference = coalesce(?, reference),
                answers = answers || ?, settled_at = now() where id = ? and state = 'open'
            """;
    /** What waits for nobody else travels if its lane lets it. */
    private static final String RELEASE = """
            update delivery d set awaits = d.awaits - 1, held = d.awaits > 1 or d.lane_no > l.lowest_open,
                due_at = least(d.due_at, now())
            from lane l
            where d.id = ? and d.awaits > 0 and l.case_no = d.case_no and l.receiver = d.receiver
            """;

    private static final String ERASE = """
            with gone as (update certificate_use set body = null
                where delivery_id = any(?) and (body is not null or answers <> '{}') returning answers)
            update answer set body = ''::bytea where id in (select unnest(answers) from gone)
            """;

    private static final String EXPIRE = """
            with gone as (
                select * from certificate_use where id = any(?) and delivery_id = ? and state = 'ready' for update),
            expired as (
                update certificate_use u set state = 'expired', body = null from gone where u.id = gone.id returning u.id),
            forgotten as (
                update answer set body = ''::bytea where id in (select unnest(answers) from gone) returning id)
            select gone.*, coalesce(k.body, m.body) as document from gone join expired on expired.id = gone.id
                join message m on m.id = gone.message_id join delivery d on d.id = gone.delivery_id
                left join correction k on k.id = d.correction order by gone.material
            """;
    private static final String AWAIT =
            "update delivery set awaits = awaits + ?, held = true where id = ? and state = 'pending'";

    private static final String FOR_PAPER = """
            select u.* from certificate_use u join delivery s on s.message_id = u.step_id
            where u.state = 'open' and u.paper_at <= now() and s.state in ('pending', 'parked')
                and (s.claim_until is null or s.claim_until < now())
            order by u.paper_at limit ?
            """;
    private static final String STOP = """
            update delivery set state = 'undeliverable', reason = ?, fault = 'receiver', settled_at = now(), held = false,
                claim_owner = null, claim_until = null, sent_until = null
            where message_id = ? and state in ('pending', 'parked') and (claim_until is null or claim_until < now())
            returning id
            """;

    private final JdbcTemplate sql;

    CertificateUses(JdbcTemplate sql) {
        this.sql = sql;
    }

    void insert(List<CertificateUse> uses) {
        sql.batchUpdate(INSERT, uses, uses.size(), CertificateUses::bind);
    }

    private static void bind(PreparedStatement row, CertificateUse use) throws SQLException {
        row.setObject(1, use.id());
        row.setObject(2, use.deliveryId());
        row.setObject(3, use.messageId());
        row.setString(4, use.caseNo());
        row.setInt(5, use.material());
        row.setString(6, use.type());
        row.setString(7, use.library());
        row.setString(8, use.itemCode());
        row.setString(9, use.askedBy());
        row.setString(10, use.purpose());
        row.setObject(11, CaseFiles.utc(use.validFrom()));
        row.setObject(12, CaseFiles.utc(use.validTo()));
        row.setInt(13, use.step());
        row.setObject(14, use.stepId());
        row.setObject(15, CaseFiles.utc(use.paperAt()));
    }

    /** The open uses of which these messages ask for a step, by message. */
    Map<UUID, Open> open(Collection<UUID> stepIds) {
        Map<UUID, Open> open = new HashMap<>();
        sql.query(
                OPEN,
                row -> {
                    CertificateUse use = CertificateUse.read(row, 0);
                    open.put(use.stepId(), new Open(use, row.getBytes("request"), row.getBoolean("wanted")));
                },
                (Object) stepIds.toArray(UUID[]::new));
        return open;
    }

    /** The open use that this delivery to a library asks for. */
    Optional<CertificateUse> askedBy(UUID delivery) {
        return sql.query("""
                        select u.* from certificate_use u join delivery s on s.message_id = u.step_id
                        where s.id = ? and u.state = 'open'
                        """, CertificateUse::read, delivery).stream().findFirst();
    }

    void step(UUID use, int step, UUID stepId, byte[] body, String reference, UUID... answers) {
        sql.update(STEP, step, stepId, body, reference, answers, use);
    }

    /** Ends a use and lets its delivery go on; false when it had ended before. */
    boolean end(CertificateUse use, String state, String reason, byte[] body, String reference, UUID... answers) {
        boolean ended = sql.update(END, state, reason, body, reference, answers, use.id()) == 1;
        if (ended) {
            sql.update(RELEASE, use.deliveryId());
        }
        return ended;
    }

    /** Forgets what was given for these deliveries, whose receivers have it; the reference stays. */
    void erase(Collection<UUID> deliveries) {
        if (!deliveries.isEmpty()) {
            sql.update(ERASE, (Object) deliveries.toArray(UUID[]::new));
        }
    }

    /** A use whose time is over, with the document, sealed, that names its certificate. */
    record Expired(CertificateUse use, byte[] sealedDocument) {}

    /** Ends these uses of a delivery and forgets what was given; those that had ended before are left out. */
    List<Expired> expire(UUID delivery, Collection<UUID> ids) {
        return sql.query(
                EXPIRE,
                (row, number) -> new Expired(CertificateUse.read(row, number), row.getBytes("document")),
                ids.toArray(UUID[]::new),
                delivery);
    }

    /** Holds a delivery until others have given so much more. */
    void await(UUID delivery, int others) {
        sql.update(AWAIT, others, delivery);
    }

    void forget(Collection<UUID> answers) {
        if (!answers.isEmpty()) {
            sql.update("update answer set body = ''::bytea where id = any(?)", (Object) answers.toArray(UUID[]::new));
        }
    }

    /** Uses that have waited long enough, by their cases; what is being asked now is waited for. */
    List<CertificateUse> forPaper(int most) {
        return sql.query(FOR_PAPER, CertificateUse::read, most);
    }

    /** Ends the asking unless it is under way; returns the delivery that is over by this, if there is one. */
    List<UUID> stopAsking(CertificateUse use, String reason) {
        return sql.queryForList(STOP, UUID.class, reason, use.stepId());
    }
}
