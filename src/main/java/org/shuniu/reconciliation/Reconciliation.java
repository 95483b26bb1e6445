package org.shuniu.reconciliation;

import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.shuniu.audit.AuditLog;
import org.shuniu.delivery.ReRequests;
import org.shuniu.intake.Problem;
import org.shuniu.intake.SubmissionRefused;
import org.shuniu.partner.Partner;
import org.shuniu.partner.PartnerDirectory;
import org.shuniu.store.CaseEvent;
import org.shuniu.store.EventLog;
import org.shuniu.store.Pools;

/** What operators may do about counts; each act is in the audit log with its effect. */
final class Reconciliation {

    /**
     * What came of a call that gets back what is not there.
     *
     * @param sentAgain lost messages that are sent once more
     * @param asked late results that are asked for
     * @param notPossible what its partner gives no way to get back
     */
    record Requested(int sentAgain, int asked, int notPossible) {}

    private record Open(String kind, String messageId, UUID deliveryId, String caseNo) {}

    private static final String OPEN = """
            select kind, message_id, delivery_id, case_no from reconciliation_finding
            where partner = ? and day = ? and kind in ('lost', 'late') and requested_at is null and healed_at is null
                and (kind, message_id) > (?, ?)
            """;

    private static final String CLAIM = """
            update reconciliation_finding set requested_at = now(), requested_by = ?
            where partner = ? and day = ? and kind = ? and message_id = ? and requested_at is null and healed_at is null
            """;

    private static final int PAGE = 500;

    private final Pools.Door door;
    private final EventLog events;
    private final AuditLog audit;
    private final PartnerDirectory partners;
    private final ReconciliationRunner runner;
    private final Clock clock;
    private final Runnable wake;

    /** @param wake tells the redispatcher that something is due */
    Reconciliation(
            Pools.Door door,
            EventLog events,
            AuditLog audit,
            PartnerDirectory partners,
            ReconciliationRunner runner,
            Clock clock,
            Runnable wake) {
        this.door = door;
        this.events = events;
        this.audit = audit;
        this.partners = partners;
        this.runner = runner;
        this.clock = clock;
        this.wake = wake;
    }

    /** Lets a partner be counted now, besides its daily time. */
    LocalDate count(String operator, String partner, String reason) {
        LocalDate day = runner.countNow(counted(partner));
        audit.record(operator, "count-asked", partner, reason);
        return day;
    }

    /**
     * Gets back what was lost or is late, each once however often it is asked for.
     *
     * @param messages only these, or all where there are none
     */
    Requested reRequest(String operator, String partner, LocalDate day, Collection<String> messages, String reason) {
        Partner known = counted(partner);
        int[] done = new int[3];
        List<Open> page;
        Open last = new Open("", "", null, null);
        do {
            page = page(partner, day, messages, last);
            for (Open finding : page) {
                last = finding;
                boolean lost = finding.kind().equals("lost");
                done[reRequest(operator, known, day, finding) ? lost ? 0 : 1 : 2]++;
            }
        } while (page.size() == PAGE);
        wake.run();
        String detail = "%d sent again, %d asked for, %d not possible: %s".formatted(done[0], done[1], done[2], reason);
        audit.record(operator, "re-requested", "%s %s".formatted(partner, day), detail);
        return new Requested(done[0], done[1], done[2]);
    }

    private List<Open> page(String partner, LocalDate day, Collection<String> messages, Open after) {
        List<Object> values = new ArrayList<>(List.of(partner, day, after.kind(), after.messageId()));
        String only = "";
        if (!messages.isEmpty()) {
            only = " and message_id = any(?)";
            values.add(messages.toArray(String[]::new));
        }
        values.add(PAGE);
        return door.sql()
                .query(
                        OPEN + only + " order by kind, message_id limit ?",
                        (row, number) -> new Open(
                                row.getString("kind"),
                                row.getString("message_id"),
                                row.getObject("delivery_id", UUID.class),
                                row.getString("case_no")),
                        values.toArray());
    }

    /** One transaction each: cases are locked one at a time, as everywhere. */
    private boolean reRequest(String operator, Partner partner, LocalDate day, Open finding) {
        return Boolean.TRUE.equals(door.transaction().execute(status -> {
            boolean mine =
                    door.sql().update(CLAIM, operator, partner.id(), day, finding.kind(), finding.messageId()) == 1;
            boolean done = mine && act(partner, finding);
            if (!done) {
                status.setRollbackOnly();
                return false;
            }
            events.record(List.of(new CaseEvent(
                    clock.instant(),
                    finding.caseNo(),
                    null,
                    finding.deliveryId(),
                    "re-requested",
                    partner.id(),
                    null,
                    finding.kind())));
            return true;
        }));
    }

    private boolean act(Partner partner, Open finding) {
        ReRequests again = new ReRequests(door.sql());
        return finding.kind().equals("lost")
                ? again.sendAgain(partner, finding.deliveryId(), "lost at the receiver")
                : again.askForResult(partner, finding.deliveryId(), "its result is late");
    }

    private Partner counted(String partner) {
        return partners.find(partner)
                .filter(known -> known.counting().isPresent())
                .orElseThrow(() -> new SubmissionRefused(
                        Problem.of("not-found", 404, "No partner of this name is asked to count")));
    }
}
