package org.shuniu.console;

import org.shuniu.audit.AuditLog;
import org.shuniu.store.Pools;

/** Counts who looks at what, and lets nobody look at too much; that somebody wanted to is in the audit log as well. */
final class Looks {

    private static final String COUNT = """
            select count(*) from audit where actor = ? and action = ? and at > now() - interval '1 hour'
            """;

    private static final String LOCK = "select pg_advisory_xact_lock(hashtextextended(?, 0))";

    private final Pools.Door door;
    private final AuditLog audit;
    private final String action;
    private final int most;

    /**
     * @param action under which each stands in the audit log
     * @param most of one person in an hour
     */
    Looks(Pools.Door door, AuditLog audit, String action, int most) {
        this.door = door;
        this.audit = audit;
        this.action = action;
        this.most = most;
    }

    /** Puts a look into the audit log before anything is shown; false when the person has looked at too much. */
    boolean allow(String who, String target, String detail) {
        return Boolean.TRUE.equals(door.transaction().execute(status -> {
            // Two looks at once do not count as one; whom a provider names has no row that could be locked.
            door.sql().queryForList(LOCK, who + " " + action);
            Integer before = door.sql().queryForObject(COUNT, Integer.class, who, action);
            if (before == null || before >= most) {
                audit.record(who, action + "-refused", target, "%d within an hour".formatted(most));
                return false;
            }
            audit.record(who, action, target, detail);
            return true;
        }));
    }

    int most() {
        return most;
    }
}
