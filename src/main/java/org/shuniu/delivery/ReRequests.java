package org.shuniu.delivery;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.shuniu.batch.Batches;
import org.shuniu.partner.Enquiry;
import org.shuniu.partner.Partner;
import org.shuniu.partner.UnknownOutcome;
import org.shuniu.store.CaseFiles;
import org.shuniu.store.Lane;
import org.shuniu.store.MessageStore;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Gets back what a partner lost or does not say by itself; every method runs in its caller's transaction and says whether it
 * did anything.
 */
public final class ReRequests {

    private record Where(String caseNo, int laneNo) {}

    private static final String WHERE =
            "select case_no, coalesce(lane_no, 0) from delivery where id = ? and receiver = ?";

    private static final String AGAIN = """
            update delivery set state = 'pending', spent = 0, due_at = now(), sent_until = null, settled_at = null,
                claim_owner = null, claim_until = null, held = false, again = true, versions = null, ask_first = ?, reason = ?,
                fault = 'receiver'
            where id = ? and state = 'delivered'
            """;

    /** While one holds it, the secret of the message's month is not destroyed. */
    private static final String ERASED = """
            select k.secret is null from delivery d join message m on m.id = d.message_id
                join month_key k on k.month = sealed_month(m.body)
            where d.id = ? for share of k
            """;

    private static final String ASK_NOW = """
            insert into enquiry (delivery_id, partner, case_no, due_at, overdue_at)
            select id, receiver, case_no, now(), now() + ? * interval '1 millisecond' from delivery
            where id = ? and receiver = ? and state = 'delivered'
            on conflict (delivery_id) do update set due_at = now()
            """;

    private final JdbcTemplate sql;

    public ReRequests(JdbcTemplate sql) {
        this.sql = sql;
    }

    /** Sends what the partner had taken and lost once more, with the same message id; not once its body is erased. */
    public boolean sendAgain(Partner partner, UUID delivery, String reason) {
        Optional<Where> where = where(partner, delivery);
        if (where.isEmpty()) {
            return false;
        }
        Where at = where.get();
        new CaseFiles(sql).lock(List.of(at.caseNo()));
        if (sql.queryForList(ERASED, Boolean.class, delivery).contains(true)) {
            return false;
        }
        boolean asks = partner.delivery().unknownOutcome() == UnknownOutcome.ASK;
        if (sql.update(AGAIN, asks, reason, delivery) == 0) {
            return false;
        }
        Batches.gatherAnew(sql, delivery);
        DeliveryStore deliveries = new DeliveryStore(sql);
        deliveries.lost(delivery);
        if (at.laneNo() > 0) {
            deliveries.holdLater(delivery);
            new MessageStore(sql).releaseNext(List.of(new Lane(at.caseNo(), partner.id())));
        }
        return true;
    }

    private Optional<Where> where(Partner partner, UUID delivery) {
        return sql
                .query(WHERE, (row, number) -> new Where(row.getString(1), row.getInt(2)), delivery, partner.id())
                .stream()
                .findFirst();
    }

    /** Asks for a result that is owed, at once: by a question where the partner answers some, or by the same call again. */
    public boolean askForResult(Partner partner, UUID delivery, String reason) {
        Optional<Enquiry> enquiry = partner.enquiry();
        if (enquiry.isPresent()) {
            return sql.update(ASK_NOW, enquiry.get().overdue().toMillis(), delivery, partner.id()) == 1;
        }
        return partner.delivery().unknownOutcome() != UnknownOutcome.NEITHER && sendAgain(partner, delivery, reason);
    }
}
