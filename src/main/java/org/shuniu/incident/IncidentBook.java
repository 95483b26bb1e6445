package org.shuniu.incident;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.shuniu.audit.AuditLog;
import org.shuniu.store.Pools;

/** Writes down what a look came to: rows, lines of the audit and notices in one transaction. */
final class IncidentBook {

    private static final String ACTOR = "hub";

    private final Pools.Door door;
    private final IncidentStore store;
    private final IncidentLease lease;
    private final AuditLog audit;
    private final NoticeDesk notices;
    private final Duration settled;

    /** @param settled how long nothing may be seen of an incident before it is over */
    IncidentBook(Pools.Door door, IncidentLease lease, AuditLog audit, NoticeDesk notices, Duration settled) {
        this.door = door;
        this.store = new IncidentStore(door.sql());
        this.lease = lease;
        this.audit = audit;
        this.notices = notices;
        this.settled = settled;
    }

    /** Does nothing when another process has taken over. */
    void write(Collection<Condition> seen, Set<IncidentKind> looked, Instant now) {
        door.transaction().executeWithoutResult(status -> {
            if (lease.hold()) {
                Step.of(store.open(), seen, looked, now, settled).forEach(step -> take(step, now));
                notices.write(store.open().size(), now);
            }
        });
    }

    private void take(Step step, Instant now) {
        if (step instanceof Step.Open open) {
            store.open(open.seen(), now).ifPresent(id -> tell("incident-opened", id, described(open.seen())));
        } else if (step instanceof Step.GoesOn on) {
            store.goesOn(on.id(), on.seen(), now);
        } else if (step instanceof Step.NotSeen not) {
            store.notSeen(not.id(), now);
        } else if (step instanceof Step.Close close
                && store.close(close.incident().id(), now)) {
            tell("incident-closed", close.incident().id(), described(close.incident()));
        }
    }

    private void tell(String action, long id, String detail) {
        audit.record(ACTOR, action, Incident.name(id), detail);
    }

    private static String described(Condition seen) {
        String said = seen.said() == null ? "" : "; " + seen.said();
        return "%s at %s: %d since %s%s"
                .formatted(seen.key().kind().word(), whom(seen.key().partner()), seen.cases(), seen.since(), said);
    }

    private static String described(Incident incident) {
        return "%s at %s: %d at most, open since %s"
                .formatted(incident.kind().word(), whom(incident.partner()), incident.mostCases(), incident.openedAt());
    }

    private static String whom(@Nullable String partner) {
        return partner == null ? ACTOR : partner;
    }
}
