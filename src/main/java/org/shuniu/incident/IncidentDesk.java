package org.shuniu.incident;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
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
        return closed(partners, null, most);
    }

    /** The same, from below the one with the number {@code before} on. */
    public List<Incident> closed(String @Nullable [] partners, @Nullable Long before, int most) {
        return read.closed(partners, before, most);
    }

    /** Who outside was told of these incidents, or is to be; by their numbers. */
    public Map<Long, List<Told>> told(Collection<Incident> incidents) {
        Set<Long> ids = incidents.stream().map(Incident::id).collect(Collectors.toSet());
        Map<Long, List<Told>> told = new HashMap<>();
        ids.forEach(id -> told.put(id, new ArrayList<>()));
        if (!ids.isEmpty()) {
            read.told(ids)
                    .forEach(notice -> notice.incidents().stream()
                            .filter(ids::contains)
                            .forEach(id -> told.get(id).add(notice)));
        }
        return told;
    }

    /** Whether anybody looks for incidents now; if not, what is shown may be over, and there may be more. */
    public boolean isWatched() {
        return read.isWatched();
    }

    public Optional<Incident> find(long id) {
        return read.find(id);
    }

    /** Says that somebody knows; false when it is over, or somebody has said so. */
    public boolean acknowledge(String who, long id) {
        return done(
                who,
                "incident-acknowledged",
                id,
                store -> store.acknowledge(id, who) ? Optional.of("") : Optional.empty());
    }

    /** Says who sees to it; false when it is over. */
    public boolean assign(String who, long id, String to) {
        return done(
                who,
                "incident-assigned",
                id,
                store -> store.assign(id, to)
                        .map(before -> before.isEmpty() ? to : "%s; before: %s".formatted(to, before)));
    }

    private boolean done(String who, String action, long id, Act act) {
        return Boolean.TRUE.equals(door.transaction().execute(status -> {
            Optional<String> detail = act.done(new IncidentStore(door.sql()));
            detail.ifPresent(words -> audit.record(who, action, Incident.name(id), words));
            return detail.isPresent();
        }));
    }

    private interface Act {

        /** @return what the audit says of it beside who and when; nothing when nothing was done */
        Optional<String> done(IncidentStore store);
    }
}
