package org.shuniu.retention;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.OptionalLong;
import java.util.UUID;
import org.shuniu.audit.AuditLog;
import org.shuniu.rotation.KeyRotation;
import org.shuniu.rotation.MonthKeys;
import org.shuniu.rotation.SealedValues;
import org.shuniu.store.Lease;
import org.shuniu.store.Pools;
import org.shuniu.store.RepeatedLook;
import org.shuniu.store.TimeOrderedId;
import org.shuniu.vault.Month;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Erases bodies of cases that are over and old enough, a whole month at a time, in one process at a time.
 *
 * <p>What is needed longer is carried over first: sealed anew, bound to a later month. Then the month's secret is destroyed, with a line
 * of the audit log in the same transaction; from then on nobody opens what is left, and that is emptied. Each step is small, asks in its
 * own transaction whether this process still has the lease, and may be done again after a crash.
 */
public final class Retention implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(Retention.class);
    private static final String ACTOR = "retention";
    private static final Duration LEASE = Duration.ofMinutes(5);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration CLOCKS = Duration.ofDays(1);
    private static final UUID FIRST = new UUID(0, 0);

    /**
     * Copies of its bodies may lie in the broker, sealed as they were before they were carried over; and some came to be parked after they
     * were walked past. Both are asked at one moment, since what is parked may be sent again at any.
     */
    private static final String WAITING = """
            select (select count(*) from pending_delivery where message_id < ?)
                + (select count(*) from delivery d join message m on m.id = d.message_id
                    where d.state = 'parked' and d.message_id < ? and length(m.body) > 4 and sealed_month(m.body) = ?)
            """;

    /** Another process has taken over, or this one is told to end. */
    private static final class Over extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private final Pools.Door door;
    private final KeyRotation rotation;
    private final AuditLog audit;
    private final RetentionProperties settings;
    private final CasesInTime cases;
    private final ErasedCases erased;
    private final InstantSource clock;
    private final Lease lease;
    private final RepeatedLook looks;
    private volatile boolean ending;

    public Retention(
            Pools.Door door, KeyRotation rotation, AuditLog audit, RetentionProperties settings, InstantSource clock) {
        this.clock = clock;
        this.door = door;
        this.rotation = rotation;
        this.audit = audit;
        this.settings = settings;
        this.cases = new CasesInTime(door.sql(), settings);
        this.erased = new ErasedCases(door.sql());
        this.lease = new Lease(door.sql(), "retention", UUID.randomUUID(), LEASE);
        this.looks = new RepeatedLook("retention", settings::every, this::look);
    }

    /** Erases what is due, and ends what an earlier look has begun. */
    public void look() throws InterruptedException {
        Instant now = clock.instant();
        OptionalLong epoch = lease.hold();
        if (epoch.isEmpty()) {
            return;
        }
        try {
            for (MonthKeys.Entry month : rotation.months().entries()) {
                if (month.destroyedAt() != null && month.emptiedAt() == null) {
                    empty(month.month(), epoch.getAsLong());
                } else if (month.destroyedAt() == null && isDue(month.month(), now)) {
                    if (!erase(month.month(), now, epoch.getAsLong())) {
                        return;
                    }
                }
            }
        } catch (Over over) {
            LOG.info("Retention goes on later, or in another process");
        }
    }

    private boolean isDue(int month, Instant now) {
        return settings.erases()
                && !RetentionProperties.later(Month.end(month), settings.keep()).isAfter(now);
    }

    /** A month that waits keeps later ones waiting, so that what is carried over meets each of them again. */
    private boolean erase(int month, Instant now, long epoch) throws InterruptedException {
        int carried = 0;
        for (SealedValues values : SealedValues.ALL) {
            MonthOfValues here = new MonthOfValues(values, month, door.sql(), rotation.vault());
            carried += walk(epoch, after -> here.carry(after, settings.batch(), cases, now, settings.keep()));
        }
        Long waiting = door.transaction().execute(status -> destroyed(month, epoch));
        if (waiting == null || waiting > 0) {
            LOG.warn("Bodies of {} are kept longer: {} deliveries of then still wait", Month.name(month), waiting);
            return false;
        }
        rotation.forget(month);
        rotation.months().sweep();
        LOG.info(
                "The secret of {} is destroyed; {} values that are needed longer were carried over",
                Month.name(month),
                carried);
        empty(month, epoch);
        return true;
    }

    /** Destroys the secret, unless deliveries still wait for it; how many do. */
    private long destroyed(int month, long epoch) {
        requireHeld(epoch);
        rotation.months().hold(month);
        UUID before = TimeOrderedId.first(Month.end(month).plus(CLOCKS));
        long waiting = door.sql().queryForObject(WAITING, Long.class, before, before, month);
        if (waiting > 0) {
            rotation.months().postpone(month, waiting);
        } else if (rotation.months().destroy(month, settings.rule())) {
            audit.record(ACTOR, "erase-bodies", Month.name(month), settings.rule());
        }
        return waiting;
    }

    private void empty(int month, long epoch) throws InterruptedException {
        for (SealedValues values : SealedValues.ALL) {
            MonthOfValues here = new MonthOfValues(values, month, door.sql(), rotation.vault());
            boolean applications = values.table().equals("message");
            walk(epoch, after -> {
                MonthOfValues.Step step = here.empty(after, settings.batch());
                if (applications) {
                    erased.followed(step.changed());
                }
                return step;
            });
        }
        door.transaction().executeWithoutResult(status -> {
            requireHeld(epoch);
            rotation.months().emptied(month);
        });
    }

    /** One step of a column after another, each in a transaction of its own; how many rows were written. */
    private int walk(long epoch, Walk walk) throws InterruptedException {
        int changed = 0;
        UUID after = FIRST;
        while (after != null) {
            if (lease.hold().orElse(-1) != epoch || ending) {
                throw new Over();
            }
            UUID from = after;
            MonthOfValues.Step step = door.transaction().execute(status -> {
                requireHeld(epoch);
                return walk.step(from);
            });
            changed += step.changed().size();
            after = step.last();
            Thread.sleep(settings.pause().toMillis());
        }
        return changed;
    }

    @FunctionalInterface
    private interface Walk {
        MonthOfValues.Step step(UUID after);
    }

    private void requireHeld(long epoch) {
        if (!lease.isHeld(epoch)) {
            throw new Over();
        }
    }

    @Override
    public void start() {
        ending = false;
        looks.start();
    }

    @Override
    public void stop() {
        ending = true;
        if (looks.stop(PATIENCE)) {
            lease.release();
        }
    }

    @Override
    public boolean isRunning() {
        return looks.isRunning();
    }
}
