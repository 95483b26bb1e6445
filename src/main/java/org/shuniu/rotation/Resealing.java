package org.shuniu.rotation;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.shuniu.attachment.AttachmentStore;
import org.shuniu.audit.AuditLog;
import org.shuniu.store.Pools;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * Moves values of old keys to the current one in the background: small transactions with rests between them, pass after
 * pass until one finds nothing old, going on where it was after a restart.
 */
public final class Resealing implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(Resealing.class);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(5);

    private final Pools.Door door;
    private final KeyRotation rotation;
    private final AuditLog audit;
    private final VaultProperties settings;
    private final ResealRecord record;
    private final List<SealedPlace> places;
    private final Semaphore wake = new Semaphore(0);
    private volatile boolean running;
    private Thread worker;

    public Resealing(
            Pools.Door door,
            KeyRotation rotation,
            AttachmentStore attachments,
            AuditLog audit,
            VaultProperties settings) {
        this.door = door;
        this.rotation = rotation;
        this.audit = audit;
        this.settings = settings;
        this.record = new ResealRecord(door.sql());
        this.places = Stream.concat(
                        SealedValues.ALL.stream().map(values -> new SealedColumn(values, door, rotation.vault())),
                        Stream.of(new SealedAttachments(attachments)))
                .toList();
    }

    ResealRecord record() {
        return record;
    }

    /** Begins a run; one that is under way begins anew. */
    void begin(String operator) {
        int current = rotation.vault().current();
        door.transaction().executeWithoutResult(status -> {
            record.begin(operator, current, names());
            audit.record(operator, "reseal", "key " + current, "begun");
        });
        wake.release();
    }

    private List<String> names() {
        return places.stream().map(SealedPlace::name).toList();
    }

    private void work() {
        while (running) {
            try {
                boolean more = step();
                rest(more ? settings.pause() : Duration.ofHours(1));
            } catch (DataAccessException | TransactionException away) {
                LOG.warn("Resealing goes on later: {}", away.getClass().getSimpleName());
                rest(AFTER_FAILURE);
            } catch (RuntimeException | Error failure) {
                LOG.error("Resealing goes on later", failure);
                rest(AFTER_FAILURE);
            }
        }
    }

    private void rest(Duration most) {
        try {
            if (wake.tryAcquire(most.toMillis(), TimeUnit.MILLISECONDS)) {
                wake.drainPermits();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            running = false;
        }
    }

    /** One step of one place; false when no run is under way. */
    private boolean step() {
        ResealRecord.Run run = record.run().filter(ResealRecord.Run::running).orElse(null);
        if (run == null) {
            return false;
        }
        if (run.toKey() != rotation.vault().current()) {
            door.transaction()
                    .executeWithoutResult(
                            status -> record.nextPass(rotation.vault().current(), names()));
            return true;
        }
        for (SealedPlace place : places) {
            Optional<String> after = record.after(place.name());
            if (after.isPresent()) {
                step(place, after.get());
                return true;
            }
        }
        return Boolean.FALSE.equals(door.transaction().execute(status -> ended(run)));
    }

    /** What moved is committed before it is counted: a step that is done twice finds nothing left to move. */
    private void step(SealedPlace place, String after) {
        Optional<SealedPlace.Step> step = place.step(after, settings.batch());
        door.transaction()
                .executeWithoutResult(status -> step.ifPresentOrElse(
                        done -> record.stepped(place.name(), after, done), () -> record.through(place.name(), after)));
    }

    /**
     * Whether the pass that is through was the last one.
     *
     * <p>Values that were sealed just before the key was exchanged may be committed after a pass went by, so that only a
     * pass that began long enough after proves anything.
     */
    private boolean ended(ResealRecord.Run run) {
        List<ResealRecord.Progress> progress = record.progress();
        boolean moved = progress.stream().anyMatch(place -> place.moved() > 0);
        boolean settled = rotation.entries().stream()
                .filter(entry -> entry.retiredAt() != null)
                .allMatch(entry -> entry.retiredAt().plus(settings.settle()).isBefore(run.passBegun()));
        if (moved || !settled) {
            if (moved || rotation.entries().stream().allMatch(this::settledNow)) {
                record.nextPass(run.toKey(), names());
            }
            return false;
        }
        boolean clean = progress.stream()
                .allMatch(place -> place.valuesByKey().keySet().stream().allMatch(key -> key == run.toKey()));
        if (clean) {
            rotation.register().clean(run.toKey(), run.passBegun());
        }
        record.end(clean ? "done" : "incomplete");
        audit.record(run.askedBy(), "reseal", "key " + run.toKey(), clean ? "done" : "values of other keys are left");
        return true;
    }

    private boolean settledNow(KeyRegister.Entry entry) {
        return entry.retiredAt() == null
                || entry.retiredAt().plus(settings.settle()).isBefore(Instant.now());
    }

    @Override
    public void start() {
        running = true;
        worker = new Thread(this::work, "reseal");
        worker.setDaemon(true);
        worker.start();
    }

    /** Waits for the step that is under way; the next start goes on after it. */
    @Override
    public void stop() {
        running = false;
        wake.release();
        try {
            worker.join(Duration.ofSeconds(10).toMillis());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
