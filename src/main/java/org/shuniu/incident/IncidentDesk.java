package org.shuniu.incident;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.shuniu.audit.AuditLog;
import org.shuniu.store.Pools;

/** What people see of incidents, and do to them; every act is in the audit log. */
public final class IncidentDesk {

    private static final Comparator<Incident> MOST_URGENT_FIRST = Comparator.comparing(Incident::urgent)
            .reversed()
            .thenComparing(Incident::kind)
            .thenComparing(Incident::cases, Comparator.reverseOrder())
            .thenComparing(Incident::openedAt);

    private final Pools.Door door;
    private final IncidentStore read;
    private final AuditLog audit;

    IncidentDesk(Pools pools, AuditLog audit) {
        this.door = pools.settlement();
        this.read = new IncidentStore(pools.console().sql());
        this.audit = audit;
    }

    /**
     * What is wrong now, most urgent first.
     *
     * @param partners whose, or null for all and the hub's own
     */
    public List<Incident> open(String @Nullable [] partners) {
        return read.open(partners).stream().sorted(MOST_URGENT_FIRST).toList();
    }

    /** What is over, the newest first. */
    public List<Incident> closed(String @Nullable [] partners, int most) {
        return read.closed(partners, most);
    }

    public Optional<Incident> find(long id) {
        return read.find(id);
    }

    /** Says that somebody knows; false when it is over, or somebody has said so. */
    public boolean acknowledge(String who, long id) {
        return done(who, "incident-acknowledged", id, "", store -> store.acknowledge(id, who));
    }

    /** Says who sees to it; false when it is over. */
    public boolean assign(String who, long id, String to) {
        return done(who, "incident-assigned", id, to, store -> store.assign(id, to));
    }

    private boolean done(String who, String action, long id, String detail, Act act) {
        return Boolean.TRUE.equals(door.transaction().execute(status -> {
            boolean done = act.done(new IncidentStore(door.sql()));
            if (done) {
                audit.record(who, action, Incident.name(id), detail);
            }
            return done;
        }));
    }

    private interface Act {
        boolean done(IncidentStore store);
    }
}
