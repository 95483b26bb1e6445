package org.shuniu.swap;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.shuniu.conformance.HeldDepartments;
import org.shuniu.fault.Fault;
import org.shuniu.store.RepeatedLook;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationStartedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * Takes up what people have changed, and follows what other processes have taken up. What is in force stands in the database:
 * whoever swaps says so there first, and a process that cannot go by it goes back, or says why it does not follow.
 */
final class Swaps implements AutoCloseable {

    /** What came of a wish to swap. */
    sealed interface Outcome {}

    /** A version came into force, or only could. */
    record Taken(SwapStore.@Nullable Swap swap, String version, Map<String, Change> files, RoutePlan routes)
            implements Outcome {}

    /** It is in force already. */
    record Unchanged(String version) implements Outcome {}

    /** It is broken; nothing was changed. */
    record Refused(String version, List<Fault> faults) implements Outcome {}

    /** Another swap is under way, or was first. */
    record Busy(String why) implements Outcome {}

    /** No version of that name is kept. */
    record NotKept() implements Outcome {}

    /** Who speaks where no person does. */
    private static final String HUB = "hub";

    private static final String REFUSED = "configuration-refused";
    private static final Duration EVERY = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** Looks between two tries to follow what could not be followed. */
    private static final int TRY_AGAIN = 30;

    /** Looks between two words of this process about itself. */
    private static final int BEAT = 3;

    private static final int TOLD = 20;
    private static final Logger LOG = LoggerFactory.getLogger(Swaps.class);

    private final SwapStore store;
    private final Examination examination;
    private final RunningConfiguration running;
    private final HeldDepartments held;
    private final String place;
    private final boolean alone;
    private final UUID process = UUID.randomUUID();
    private final ReentrantLock turn = new ReentrantLock();
    private final AtomicBoolean asked = new AtomicBoolean();
    private final RepeatedLook looks = new RepeatedLook("configuration", () -> EVERY, this::look);

    /** The swap that this process goes by; null before it has said so. */
    private volatile SwapStore.@Nullable Swap at;

    private volatile @Nullable String fault;
    private long faultOf;
    private int sinceTry;
    private int sinceBeat;

    /** Whether departments may be held still that need not be, by the files that this process goes by. */
    private boolean mayRelease;

    /**
     * @param held who waits for files with which its test system has passed
     * @param place what is called the same by another process that runs here after this one
     * @param alone whether no other process works on this database
     */
    Swaps(
            SwapStore store,
            Examination examination,
            RunningConfiguration running,
            HeldDepartments held,
            String place,
            boolean alone) {
        this.store = store;
        this.examination = examination;
        this.running = running;
        this.held = held;
        this.place = place;
        this.alone = alone;
    }

    /** When all routes run. */
    @EventListener(ApplicationStartedEvent.class)
    void start() {
        try {
            begin();
            held.tell();
        } catch (DataAccessException | TransactionException away) {
            LOG.warn("What version the hub was started with is said later: the database is away");
        }
        looks.start();
    }

    /**
     * A hub that starts goes by the files that it finds, and says so where they are not those of last time. One that joins others
     * goes by what they go by: nobody changes what is in force by starting one more process.
     */
    private void begin() {
        turn.lock();
        try {
            ConfigurationFiles files = running.current().files();
            store.keep(files);
            SwapStore.Swap last = store.inForce().orElse(null);
            if (last != null && last.version().equals(files.version())) {
                holdFromNow();
                at = last;
            } else if (last != null && !alone && store.othersRun(process, place)) {
                store.tell(
                        HUB,
                        "configuration-joined",
                        last.version(),
                        "the files of %s are version %s; it goes by what the others go by"
                                .formatted(place, files.version()));
                at = new SwapStore.Swap(0, files.version(), null, SwapStore.Kind.START, last.at(), HUB, "");
            } else {
                String reason = last == null ? "the first start" : "the files that were found at the start";
                String detail = last == null
                        ? reason
                        : "%s; %s"
                                .formatted(
                                        reason,
                                        told(files.changes(
                                                store.files(last.version()).orElse(ConfigurationFiles.NONE))));
                SwapStore.Swap started = store.swap(last, files.version(), SwapStore.Kind.START, HUB, reason, detail);
                holdFromNow();
                at = started;
            }
            beat();
        } catch (SwapStore.Overtaken other) {
            LOG.info("Another process has started first; this one follows");
        } finally {
            turn.unlock();
        }
    }

    /** Whether what people have in their folders could come into force; changes nothing. */
    Outcome check() {
        return inTurn(() -> {
            ConfigurationFiles files = examination.written();
            Loaded current = running.current();
            if (files.version().equals(current.files().version())) {
                return new Unchanged(files.version());
            }
            Examination.Found found = examination.examine(files, current.partners());
            return found.faults().isEmpty()
                    ? new Taken(
                            null,
                            files.version(),
                            files.changes(current.files()),
                            RoutePlan.between(current.files(), files))
                    : new Refused(files.version(), found.faults());
        });
    }

    /** Takes up what people have in their folders. */
    Outcome swap(String author, String reason) {
        return inTurn(() -> take(examination.written(), SwapStore.Kind.SWAP, author, reason));
    }

    /** Takes up a version that is kept; what people have in their folders stays there. */
    Outcome rollBack(String version, String author, String reason) {
        return inTurn(() -> {
            Optional<ConfigurationFiles> files = store.files(version);
            return files.isEmpty() ? new NotKept() : take(files.get(), SwapStore.Kind.ROLLBACK, author, reason);
        });
    }

    /** Another's swap is not waited for; a look of this process, which changes little, is. */
    private Outcome inTurn(Supplier<Outcome> act) {
        if (!asked.compareAndSet(false, true)) {
            return new Busy("Another swap is under way");
        }
        turn.lock();
        try {
            if (running.broken().isPresent()) {
                return new Busy(running.broken().get());
            }
            return at == null ? new Busy("The hub has not begun to go by a version yet") : act.get();
        } catch (SwapStore.Overtaken other) {
            return new Busy("Another process has swapped meanwhile");
        } finally {
            turn.unlock();
            asked.set(false);
        }
    }

    private Outcome take(ConfigurationFiles files, SwapStore.Kind kind, String author, String reason) {
        SwapStore.Swap now = at;
        Loaded before = running.current();
        if (files.version().equals(before.files().version())) {
            return new Unchanged(files.version());
        }
        if (now == null || store.inForce().map(SwapStore.Swap::seq).orElse(0L) != now.seq()) {
            throw new SwapStore.Overtaken();
        }
        Map<String, Change> changes = files.changes(before.files());
        Examination.Found found = examination.examine(files, before.partners());
        if (!found.faults().isEmpty()) {
            return refused(files, author, reason, found.faults());
        }
        store.keep(files);
        try (RunningConfiguration.Prepared prepared = running.prepare(Objects.requireNonNull(found.loaded()))) {
            String detail = "%s; from %s: %s".formatted(reason, now.version(), told(changes));
            SwapStore.Swap done = store.swap(now, files.version(), kind, author, reason, detail);
            return takeUp(prepared, done, changes);
        } catch (IllegalStateException | IllegalArgumentException impossible) {
            return refused(files, author, reason, List.of(inGeneral(impossible)));
        }
    }

    private Outcome takeUp(RunningConfiguration.Prepared prepared, SwapStore.Swap done, Map<String, Change> changes) {
        try {
            running.takeUp(prepared);
        } catch (Exception failure) {
            String why = "it could not be taken up: %s".formatted(failure);
            String old = running.current().files().version();
            at = store.swap(done, old, SwapStore.Kind.ROLLBACK, HUB, why, why);
            return new Refused(done.version(), List.of(inGeneral(failure)));
        }
        tookUp(done);
        LOG.info("The hub goes by version {} of its configuration, from {}", done.version(), done.before());
        return new Taken(done, done.version(), changes, prepared.plan());
    }

    private void settled() {
        fault = null;
        beat();
        SwapStore.Swap now = at;
        try {
            ConfigurationFiles.clear(
                    examination.places().versions(),
                    running.current().files().version(),
                    now == null || now.before() == null ? "" : now.before());
        } catch (UncheckedIOException kept) {
            LOG.warn(
                    "Folders of earlier versions stay in {}: {}",
                    examination.places().versions(),
                    kept.getMessage());
        }
    }

    private Outcome refused(ConfigurationFiles files, String author, String reason, List<Fault> faults) {
        store.tell(author, REFUSED, files.version(), "%s; %s".formatted(reason, told(faults)));
        return new Refused(files.version(), faults);
    }

    private Fault inGeneral(Exception failure) {
        return new Fault(
                examination.places().routes().toString(),
                0,
                "",
                failure.getMessage() == null ? failure.toString() : failure.getMessage(),
                "what it names, and then the swap once more");
    }

    private static String told(List<Fault> faults) {
        // Reasons quote what was found, which is nothing for a record that nobody can change.
        String first = faults.stream()
                .limit(TOLD)
                .map(fault -> "%s:%d %s"
                        .formatted(fault.file(), fault.line(), fault.place())
                        .strip())
                .collect(Collectors.joining("; "));
        return "%d fault(s): %s%s".formatted(faults.size(), first, faults.size() > TOLD ? "; and more" : "");
    }

    private static String told(Map<String, Change> changes) {
        String first = changes.entrySet().stream()
                .limit(TOLD)
                .map(change ->
                        "%s %s".formatted(change.getKey(), change.getValue().word()))
                .collect(Collectors.joining(", "));
        return "%s%s".formatted(first, changes.size() > TOLD ? " and %d more".formatted(changes.size() - TOLD) : "");
    }

    private void look() {
        // Also while a swap is under way: a process that is silent counts as gone.
        if (++sinceBeat >= BEAT) {
            beat();
        }
        if (!turn.tryLock()) {
            return;
        }
        try {
            if (at == null) {
                begin();
            }
            follow();
            release();
        } finally {
            turn.unlock();
        }
    }

    /** Before it says by what it goes: where the database is away, it begins again. */
    private void holdFromNow() {
        held.hold();
        mayRelease = true;
    }

    private void tookUp(SwapStore.Swap swap) {
        at = swap;
        held.goesBy(examination.standing(running.current()));
        mayRelease = true;
        settled();
    }

    /** Whoever comes last to these files releases: before that, others would send by files that were never tried. */
    private void release() {
        if (mayRelease
                && !store.othersGoByOther(process, running.current().files().version())) {
            held.release();
            mayRelease = false;
        }
    }

    private void beat() {
        SwapStore.Swap now = at;
        sinceBeat = 0;
        if (now != null) {
            store.beat(
                    process,
                    place,
                    now.seq(),
                    running.current().files().version(),
                    running.broken().orElse(fault));
        }
    }

    private void follow() {
        SwapStore.Swap last = store.inForce().orElse(null);
        SwapStore.Swap now = at;
        if (last == null
                || now == null
                || last.seq() == now.seq()
                || running.broken().isPresent()) {
            return;
        }
        if (last.version().equals(running.current().files().version())) {
            holdFromNow();
            at = last;
            settled();
        } else if (faultOf != last.seq() || ++sinceTry >= TRY_AGAIN) {
            sinceTry = 0;
            follow(last);
        }
    }

    private void follow(SwapStore.Swap last) {
        try {
            ConfigurationFiles files = store.files(last.version())
                    .orElseThrow(
                            () -> new IllegalStateException("the files of %s are not kept".formatted(last.version())));
            Examination.Found found =
                    examination.examine(files, running.current().partners());
            if (!found.faults().isEmpty()) {
                notFollowed(last, told(found.faults()));
                return;
            }
            running.takeUp(running.prepare(Objects.requireNonNull(found.loaded())));
            tookUp(last);
            LOG.info(
                    "The hub follows to version {} of its configuration, which {} has put into force",
                    last.version(),
                    last.author());
        } catch (DataAccessException | TransactionException away) {
            throw away;
        } catch (Exception failure) {
            notFollowed(last, failure.toString());
        }
    }

    private void notFollowed(SwapStore.Swap last, String why) {
        boolean first = faultOf != last.seq();
        faultOf = last.seq();
        fault = why;
        beat();
        if (first) {
            LOG.error("Version {} of the configuration is in force and cannot be followed: {}", last.version(), why);
            store.tell(HUB, "configuration-not-followed", last.version(), "%s: %s".formatted(place, why));
        }
    }

    @Override
    public void close() {
        if (looks.stop(PATIENCE)) {
            try {
                store.leave(process);
            } catch (DataAccessException | TransactionException away) {
                LOG.debug("The database is away; what this process went by is forgotten later", away);
            }
        }
    }
}
