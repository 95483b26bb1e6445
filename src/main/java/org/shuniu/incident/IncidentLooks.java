package org.shuniu.incident;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.shuniu.store.RepeatedLook;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;

/** Looks for incidents again and again, in one process at a time. */
final class IncidentLooks implements SmartLifecycle {

    private record Seen(Instant at, List<Condition> conditions) {}

    private static final Logger LOG = LoggerFactory.getLogger(IncidentLooks.class);

    private final List<Watcher> watchers;
    private final IncidentStore store;
    private final IncidentLease lease;
    private final IncidentBook book;
    private final IncidentGauges gauges;
    private final Duration patience;
    private final RepeatedLook looks;
    private final Map<Watcher, Seen> seen = new HashMap<>();

    IncidentLooks(
            List<Watcher> watchers,
            IncidentStore store,
            IncidentLease lease,
            IncidentBook book,
            IncidentGauges gauges,
            IncidentProperties settings) {
        this.watchers = List.copyOf(watchers);
        this.store = store;
        this.lease = lease;
        this.book = book;
        this.gauges = gauges;
        this.patience = settings.lease();
        this.looks = new RepeatedLook("incidents", settings::every, this::look);
    }

    private void look() {
        if (lease.hold()) {
            lookAtAll();
        } else {
            seen.clear();
        }
        gauges.show(store.open());
    }

    private void lookAtAll() {
        Instant now = store.now();
        List<Condition> conditions = new ArrayList<>();
        Set<IncidentKind> looked = EnumSet.noneOf(IncidentKind.class);
        for (Watcher watcher : watchers) {
            if (looksWith(watcher, now)) {
                conditions.addAll(Objects.requireNonNull(seen.get(watcher)).conditions());
                looked.addAll(watcher.kinds());
            }
        }
        book.write(conditions, looked, now);
    }

    /** What a watcher saw counts until it looks again; of what it can't look for nothing is known. */
    private boolean looksWith(Watcher watcher, Instant now) {
        Seen last = seen.get(watcher);
        if (last != null && now.isBefore(last.at().plus(watcher.every()))) {
            return true;
        }
        try {
            seen.put(watcher, new Seen(now, watcher.look(now)));
            return true;
        } catch (RuntimeException | Error failure) {
            seen.remove(watcher);
            LOG.warn("{} cannot be looked for now: {}", watcher.kinds(), reason(failure));
            return false;
        }
    }

    private static String reason(Throwable failure) {
        // A database's own words may quote what it was given.
        return failure instanceof DataAccessException ? failure.getClass().getSimpleName() : failure.toString();
    }

    @Override
    public void start() {
        looks.start();
    }

    @Override
    public void stop() {
        try {
            if (looks.stop(patience)) {
                lease.release();
            }
        } catch (DataAccessException away) {
            LOG.warn("The lease of the looks for incidents will lapse by itself: the database is away");
        }
    }

    @Override
    public boolean isRunning() {
        return looks.isRunning();
    }
}
