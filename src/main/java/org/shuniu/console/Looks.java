package org.shuniu.console;

import org.shuniu.audit.AuditLog;
import org.shuniu.store.Pools;

/** Counts who looks at what, and lets nobody look at too much. */
final class Looks {

    private static final String ACTION = "looked-at-body";
    private static final String COUNT = """
            select count(*) from audit where actor = ? and action = ? and at > now() - interval '1 hour'
            """;

    private final Pools.Door door;
    private final AuditLog audit;
    private final int most;

    /** @param most looks of one person in an hour */
    Looks(Pools.Door door, AuditLog audit, int most) {
        this.door = door;
        this.audit = audit;
        this.most = most;
    }

    /** Puts a look into the audit log before anything is shown; false when the person has looked at too much. */
    boolean allow(String who, String message, String reason) {
        return Boolean.TRUE.equals(door.transaction().execute(status -> {
            // The person's own row keeps two looks at once from counting as one.
            door.sql().queryForList("select name from console_user where name = ? for update", who);
            Integer before = door.sql().queryForObject(COUNT, Integer.class, who, ACTION);
            if (before == null || before >= most) {
                return false;
            }
            audit.record(who, ACTION, message, reason);
            return true;
        }));
    }

    int most() {
        return most;
    }
}
