package org.shuniu.recovery;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.shuniu.audit.AuditLog;
import org.shuniu.mapping.Mappings;
import org.shuniu.partner.PartnerDirectory;
import org.shuniu.partner.UnknownOutcome;
import org.shuniu.store.EventLog;
import org.shuniu.store.Pools;
import org.shuniu.store.RepeatedLook;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/** Runs approved plans at their throttle, one process a plan; a plan goes on wherever the last process left it. */
final class PlanRunner implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(PlanRunner.class);
    private static final Duration IDLE = Duration.ofSeconds(1);
    private static final String WAITS = """
            update plan set waits = ? where id = ? and state = 'running'
                and exists (select 1 from plan_lease l where l.plan_id = plan.id and l.epoch = ?)
            """;

    private final Pools.Door door;
    private final PlanStore plans;
    private final PlanLeases leases;
    private final PlanBatch batch;
    private final ReceiverGate gate;
    private final AuditLog audit;
    private final PartnerDirectory partners;
    private final RecoveryProperties settings;
    private final Runnable redispatch;
    private final Map<UUID, Throttle> throttles = new HashMap<>();
    private final Map<UUID, String> doorsTold = new HashMap<>();
    private final RepeatedLook looks;

    /** @param redispatch tells the redispatcher that something is due */
    PlanRunner(
            Pools.Door door,
            EventLog events,
            AuditLog audit,
            Mappings mappings,
            PartnerDirectory partners,
            RecoveryProperties settings,
            Runnable redispatch) {
        this.door = door;
        this.plans = new PlanStore(door.sql());
        this.leases = new PlanLeases(door.sql(), UUID.randomUUID(), settings.lease());
        this.batch = new PlanBatch(door, events, leases, audit);
        this.gate = new ReceiverGate(door.sql(), mappings, settings.backlog());
        this.audit = audit;
        this.partners = partners;
        this.settings = settings;
        this.redispatch = redispatch;
        this.looks = new RepeatedLook("plan-runner", () -> throttles.isEmpty() ? IDLE : settings.every(), this::look);
    }

    /** Asks for a look at once. */
    void wake() {
        looks.wake();
    }

    private void look() {
        try {
            lookAtPlans();
        } catch (DataAccessException | TransactionException away) {
            throttles.clear();
            throw away;
        }
    }

    private void lookAtPlans() {
        List<Plan> approved = plans.running();
        List<UUID> ids = approved.stream().map(Plan::id).toList();
        throttles.keySet().retainAll(ids);
        doorsTold.keySet().retainAll(ids);
        for (Plan plan : approved) {
            OptionalLong epoch = leases.hold(plan.id());
            if (epoch.isPresent()) {
                send(plan, epoch.getAsLong());
            }
        }
    }

    private void send(Plan plan, long epoch) {
        Throttle throttle = throttles.computeIfAbsent(plan.id(), id -> new Throttle(plan.perSecond()));
        throttle.turn();
        Map<String, ReceiverGate.Opening> openings = new TreeMap<>();
        plans.receiversLeft(plan.id()).forEach(receiver -> openings.put(receiver, gate.of(plan.id(), receiver)));
        say(plan, epoch, openings);
        openings.values().removeIf(opening -> opening.closed() != null);
        if (openings.isEmpty()) {
            throttle.worked();
            return;
        }
        int sent = 0;
        int left = openings.size();
        for (Map.Entry<String, ReceiverGate.Opening> open : openings.entrySet()) {
            int most = Math.min(Math.min(open.getValue().room(), settings.batch()), throttle.share(left--));
            sent += send(plan, epoch, open.getKey(), most, throttle);
        }
        if (sent > 0) {
            redispatch.run();
        }
    }

    private int send(Plan plan, long epoch, String receiver, int most, Throttle throttle) {
        if (most <= 0) {
            return 0;
        }
        boolean asks = partners.partner(receiver).delivery().unknownOutcome() == UnknownOutcome.ASK;
        int dealtWith = batch.send(plan.id(), epoch, receiver, asks, most, throttle.worked());
        throttle.take(dealtWith);
        return dealtWith;
    }

    /** A closed door is worth a line in the audit log, a full one is the plan's daily life. */
    private void say(Plan plan, long epoch, Map<String, ReceiverGate.Opening> openings) {
        List<String> closed = openings.values().stream()
                .map(ReceiverGate.Opening::closed)
                .filter(Objects::nonNull)
                .toList();
        List<String> full = openings.entrySet().stream()
                .filter(opening -> opening.getValue().closed() == null
                        && opening.getValue().room() <= 0)
                .map(opening -> "%s: enough waits there already".formatted(opening.getKey()))
                .toList();
        String doors = String.join("; ", closed);
        String all =
                String.join("; ", Stream.concat(closed.stream(), full.stream()).toList());
        String reason = all.isEmpty() ? null : all;
        boolean changed = !doors.equals(doorsTold.getOrDefault(plan.id(), ""));
        if (Objects.equals(reason, plan.waits()) && !changed) {
            return;
        }
        door.transaction().executeWithoutResult(status -> {
            int rows = door.sql().update(WAITS, reason, plan.id(), epoch);
            if (rows == 1 && changed) {
                String action = closed.isEmpty() ? "plan-goes-on" : "plan-waits";
                audit.record("hub", action, plan.id().toString(), doors);
            }
        });
        doorsTold.put(plan.id(), doors);
    }

    @Override
    public void start() {
        looks.start();
    }

    @Override
    public void stop() {
        try {
            if (looks.stop(settings.lease())) {
                leases.release();
            }
        } catch (DataAccessException away) {
            LOG.warn("The lease of this process's plans will lapse by itself: the database is away");
        }
    }

    @Override
    public boolean isRunning() {
        return looks.isRunning();
    }
}
