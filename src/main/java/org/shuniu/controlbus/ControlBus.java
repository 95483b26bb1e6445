package org.shuniu.controlbus;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.shuniu.audit.AuditLog;
import org.shuniu.delivery.LimitChange;
import org.shuniu.delivery.LimitTable;
import org.shuniu.delivery.Recoveries;
import org.shuniu.enrichment.Enrichments;
import org.shuniu.intake.Problem;
import org.shuniu.intake.SubmissionRefused;
import org.shuniu.notice.Notices;
import org.shuniu.partner.Partner;
import org.shuniu.partner.PartnerDirectory;
import org.shuniu.partner.UnknownOutcome;
import org.shuniu.store.CaseEvent;
import org.shuniu.store.CaseFiles;
import org.shuniu.store.EventLog;
import org.shuniu.store.Lane;
import org.shuniu.store.MessageStore;
import org.shuniu.store.Pools;
import org.shuniu.versions.Versions;
import org.springframework.jdbc.core.JdbcTemplate;

/** Control Bus: what operators may do to deliveries and partners; every act is in the audit log with its effect. */
public final class ControlBus {

    /** How an operator ends a parked delivery: later ones of its lane that go the same way go on, or are parked too. */
    public enum LaterOnes {
        CONTINUE,
        PARK
    }

    private record Parked(String caseNo, String receiver) {}

    private static final String ANSWER = """
            insert into untried_resumed (partner, files, resumed_by, reason) values (?, ?, ?, ?) on conflict do nothing
            """;

    private final Pools.Door door;
    private final JdbcTemplate sql;
    private final EventLog events;
    private final AuditLog audit;
    private final PartnerDirectory partners;
    private final Notices notices;
    private final Enrichments enrichments;
    private final Runnable wake;

    /** @param wake asks the redispatcher to look */
    public ControlBus(
            Pools.Door door,
            EventLog events,
            AuditLog audit,
            PartnerDirectory partners,
            Notices notices,
            Enrichments enrichments,
            Runnable wake) {
        this.door = door;
        this.sql = door.sql();
        this.events = events;
        this.audit = audit;
        this.partners = partners;
        this.notices = notices;
        this.enrichments = enrichments;
        this.wake = wake;
    }

    /** Sends a parked delivery again, under the same message id, written by the versions that are asked for; false when none of this id is parked. It waits behind an earlier one of its case. */
    public boolean replay(String operator, UUID delivery, Versions versions, String reason) {
        String how = "versions %s; %s".formatted(versions.word(), reason);
        return sendAgain("replayed", operator, delivery, versions, null, how);
    }

    /**
     * Sends a parked delivery again with what a person made of its content; false when none of this id is parked.
     *
     * @param digest of the corrected content
     * @param what was corrected and why, without any value
     */
    public boolean corrected(String operator, UUID delivery, String digest, String what) {
        return sendAgain("corrected", operator, delivery, Versions.CASE_DAY, digest, what);
    }

    private boolean sendAgain(
            String kind, String operator, UUID delivery, Versions versions, String detail, String how) {
        boolean done = inTransaction(
                delivery,
                kind,
                detail,
                operator,
                how,
                () -> sql.update("""
                        update delivery set state = 'pending', spent = 0, due_at = now(), sent_until = null, settled_at = null,
                            claim_owner = null, claim_until = null, versions = ?,
                            ask_first = ask_first or outcome_unknown and receiver = any(?),
                            held = awaits > 0 or exists (select 1 from lane where lane.case_no = delivery.case_no
                                and lane.receiver = delivery.receiver and delivery.lane_no > lane.lowest_open)
                        where id = ? and state = 'parked'
                        """, versions.kept(), askFirst(), delivery) == 1);
        wake.run();
        return done;
    }

    /** Partners that must be asked what became of the last attempt when nobody knows. */
    private String[] askFirst() {
        return partners.all().stream()
                .filter(partner -> partner.delivery().unknownOutcome() == UnknownOutcome.ASK)
                .map(Partner::id)
                .toArray(String[]::new);
    }

    /** Ends a parked delivery as not deliverable; false when none of this id is parked. */
    public boolean giveUp(String operator, UUID delivery, String reason, LaterOnes later) {
        boolean done = inTransaction(delivery, "given-up", null, operator, reason, () -> {
            boolean ended = sql.update(
                            "update delivery set state = 'undeliverable', settled_at = now() where id = ? and state = 'parked'",
                            delivery)
                    == 1;
            if (ended && later == LaterOnes.PARK) {
                notices.parked(sql.queryForList("""
                        update delivery d set state = 'parked', reason = 'an earlier message of the case was given up',
                            fault = 'hub', settled_at = now() from delivery gone
                        where gone.id = ? and d.case_no = gone.case_no and d.receiver = gone.receiver and d.state = 'pending'
                            and d.queue = gone.queue and d.lane_no > gone.lane_no
                        returning d.id
                        """, UUID.class, delivery));
            }
            if (ended) {
                notices.givenUp(delivery);
                enrichments.erase(List.of(delivery));
                events.record(enrichments.givenUp(delivery, Instant.now()));
            }
            return ended;
        });
        wake.run();
        return done;
    }

    private boolean inTransaction(UUID delivery, String kind, String detail, String operator, String reason, Act act) {
        return Boolean.TRUE.equals(door.transaction().execute(status -> {
            Optional<Parked> parked = lock(delivery);
            if (parked.isEmpty() || !act.done()) {
                return false;
            }
            events.record(List.of(new CaseEvent(
                    Instant.now(),
                    parked.get().caseNo(),
                    null,
                    delivery,
                    kind,
                    parked.get().receiver(),
                    null,
                    detail)));
            new MessageStore(sql)
                    .releaseNext(
                            List.of(new Lane(parked.get().caseNo(), parked.get().receiver())));
            audit.record(operator, kind, delivery.toString(), reason);
            return true;
        }));
    }

    private interface Act {
        boolean done();
    }

    /** The lock of the case covers its lanes and deliveries. */
    private Optional<Parked> lock(UUID delivery) {
        Optional<Parked> parked = sql
                .query(
                        "select case_no, receiver from delivery where id = ? and state = 'parked'",
                        (row, number) -> new Parked(row.getString(1), row.getString(2)),
                        delivery)
                .stream()
                .findFirst();
        parked.ifPresent(row -> new CaseFiles(sql).lock(List.of(row.caseNo())));
        return parked;
    }

    /** Stops deliveries to a partner until an operator resumes them; false for an unknown partner. */
    public boolean pause(String operator, String partner, String reason) {
        if (partners.find(partner).isEmpty()) {
            return false;
        }
        door.transaction().executeWithoutResult(status -> {
            String before = paused(partner);
            sql.update("""
                    insert into pause (partner, reason, paused_by, note) values (?, 'operator', ?, ?)
                    on conflict (partner, reason) do update set paused_by = excluded.paused_by, note = excluded.note
                    """, partner, operator, reason);
            audit.record(operator, "pause", partner, "%s; before: %s".formatted(reason, before));
        });
        return true;
    }

    /**
     * Ends every pause of a partner but its closing hours, which end by the clock, and lets its backlog go at once; false for an unknown
     * partner. That the hub holds it for untried files is ended only where it is all that stops it, and with a reason: nobody answers
     * for files by taking back a pause of his own.
     */
    public boolean resume(String operator, String partner, String reason) {
        if (partners.find(partner).isEmpty()) {
            return false;
        }
        door.transaction().executeWithoutResult(status -> {
            String before = paused(partner);
            int ended =
                    sql.update("delete from pause where partner = ? and reason not in ('hours', 'untried')", partner);
            String answered = ended == 0 ? answerForFiles(operator, partner, reason) : "";
            new Recoveries(sql).ask(partner);
            audit.record(operator, "resume", partner, "%s%s; before: %s".formatted(reason, answered, before));
        });
        wake.run();
        return true;
    }

    /** Ends the hub's hold, for as long as these files are there; says so for the audit log. */
    private String answerForFiles(String operator, String partner, String reason) {
        List<String> held = sql.query(
                "delete from pause where partner = ? and reason = 'untried' returning coalesce(files, '')",
                (row, number) -> row.getString(1),
                partner);
        if (held.isEmpty()) {
            return "";
        }
        if (reason.isBlank()) {
            throw new SubmissionRefused(Problem.of(
                    "check-failed",
                    422,
                    "A reason is required: the hub holds it, as no test system has passed with its files"));
        }
        String files = held.get(0);
        if (!files.isEmpty()) {
            sql.update(ANSWER, partner, files, operator, reason);
        }
        return "; answers for untried files %s".formatted(files);
    }

    /** Why a partner is paused, for the audit log. */
    private String paused(String partner) {
        String pauses = sql.queryForObject("""
                select string_agg(reason || ' by ' || paused_by || coalesce(' (' || note || ')', ''), ', ' order by reason)
                from pause where partner = ?
                """, String.class, partner);
        return pauses == null ? "not paused" : "paused: " + pauses;
    }

    /** Changes a partner's limits for a time, in the place of what was changed before; every process follows within moments. */
    public void limit(LimitChange change) {
        door.transaction().executeWithoutResult(status -> {
            LimitTable limits = new LimitTable(sql);
            String before = limits.lock(change.partner())
                    .map(was -> "; instead of " + was.words())
                    .orElse("");
            limits.set(change);
            String what = "%s%s; %s".formatted(change.words(), before, change.reason());
            audit.record(change.by(), "limits-changed", change.partner(), what);
        });
        wake.run();
    }

    /** Ends the change of a partner's limits before its time; false where there is none. */
    public boolean endLimit(String operator, String partner, String reason) {
        boolean done = Boolean.TRUE.equals(door.transaction().execute(status -> {
            LimitTable limits = new LimitTable(sql);
            Optional<LimitChange> was = limits.lock(partner);
            was.ifPresent(change -> {
                limits.end(partner);
                String what = "as in its file again, instead of %s; %s".formatted(change.words(), reason);
                audit.record(operator, "limits-ended", partner, what);
            });
            return was.isPresent();
        }));
        wake.run();
        return done;
    }
}
