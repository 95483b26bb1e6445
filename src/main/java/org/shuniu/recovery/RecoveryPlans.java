package org.shuniu.recovery;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.shuniu.audit.AuditLog;
import org.shuniu.audit.People;
import org.shuniu.intake.SubmissionRefused;
import org.shuniu.mapping.Mappings;
import org.shuniu.recovery.Plan.State;
import org.shuniu.store.Pools;
import org.shuniu.store.TimeOrderedId;
import org.shuniu.versions.Versions;

/** What operators may do to recovery plans; each act is in the audit log with its effect. */
public final class RecoveryPlans {

    /** Deliveries a second. */
    public static final int FASTEST = 10_000;

    private final Pools.Door door;
    private final PlanStore plans;
    private final People people;
    private final AuditLog audit;
    private final Mappings mappings;
    private final Runnable wake;

    /** @param wake asks the runner to look */
    RecoveryPlans(Pools.Door door, AuditLog audit, Mappings mappings, Runnable wake) {
        this.door = door;
        this.plans = new PlanStore(door.sql());
        this.people = new People(door.sql());
        this.audit = audit;
        this.mappings = mappings;
        this.wake = wake;
    }

    /** Makes a plan of everything that fits now; nothing is sent before it is approved. */
    public UUID make(String operator, PlanFilter filter, int perSecond, Versions versions, String reason) {
        if (perSecond < 1 || perSecond > FASTEST) {
            throw SubmissionRefused.of(
                    "check-failed", 422, "perSecond must be a whole number from 1 to %d".formatted(FASTEST));
        }
        UUID id = TimeOrderedId.next();
        door.transaction().executeWithoutResult(status -> {
            int total = plans.make(id, operator, filter, perSecond, versions, reason, mappings::version);
            if (total == 0) {
                throw SubmissionRefused.of("check-failed", 422, "No parked delivery fits this filter");
            }
            audit.record(
                    operator,
                    "plan-made",
                    id.toString(),
                    "%d deliveries, %d a second, versions %s, filter %s; %s"
                            .formatted(total, perSecond, versions.word(), filter.text(), reason));
        });
        return id;
    }

    /** Lets a plan run: by another person than its maker, and by the mappings that its maker saw. */
    public void approve(String operator, UUID id) {
        door.transaction().executeWithoutResult(status -> {
            Plan plan = lock(id, Set.of(State.PREVIEW));
            if (people.mayBeOne(plan.madeBy(), operator)) {
                throw SubmissionRefused.of(
                        "not-allowed", 403, "Another operator than the one who made the plan must approve it");
            }
            changedMapping(plan).ifPresent(receiver -> {
                throw SubmissionRefused.of(
                        "state-conflict",
                        409,
                        "The mappings of %s have changed since the preview; make a new plan".formatted(receiver));
            });
            plans.approve(id, operator);
            audit.record(operator, "plan-approved", id.toString(), "made by " + plan.madeBy());
        });
        wake.run();
    }

    /** What is written as it was first does not change with the mappings. */
    private Optional<String> changedMapping(Plan plan) {
        return plans.shares(plan.id()).stream()
                .filter(share -> plan.versions() != Versions.AS_FIRST)
                .filter(share -> !share.mappingVersion().equals(mappings.version(share.receiver())))
                .map(PlanStore.Share::receiver)
                .findFirst();
    }

    public void pause(String operator, UUID id, String reason) {
        move(operator, id, Set.of(State.RUNNING), State.PAUSED, "plan-paused", reason);
    }

    public void resume(String operator, UUID id, String reason) {
        move(operator, id, Set.of(State.PAUSED), State.RUNNING, "plan-resumed", reason);
        wake.run();
    }

    /** Ends a plan for good; what it has sent stays sent, the rest stays parked. */
    public void abort(String operator, UUID id, String reason) {
        move(operator, id, Set.of(State.PREVIEW, State.RUNNING, State.PAUSED), State.ABORTED, "plan-aborted", reason);
    }

    private void move(String operator, UUID id, Set<State> from, State to, String action, String reason) {
        door.transaction().executeWithoutResult(status -> {
            Plan plan = lock(id, from);
            plans.move(id, to);
            audit.record(
                    operator, action, id.toString(), "%d of %d sent; %s".formatted(plan.sent(), plan.total(), reason));
        });
    }

    /** Under its lock no batch is under way: what the operator stops has stopped. */
    private Plan lock(UUID id, Set<State> expected) {
        Plan plan = plans.lock(id).orElseThrow(RecoveryPlans::unknown);
        if (!expected.contains(plan.state())) {
            List<String> words = expected.stream().map(State::word).sorted().toList();
            throw SubmissionRefused.of(
                    "state-conflict",
                    409,
                    "The plan is %s; expected one that is %s"
                            .formatted(plan.state().word(), String.join(" or ", words)));
        }
        return plan;
    }

    static SubmissionRefused unknown() {
        return SubmissionRefused.of("not-found", 404, "There is no plan of this id");
    }
}
