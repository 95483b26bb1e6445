package org.shuniu.console;

import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.function.ToIntFunction;
import org.shuniu.audit.AuditLog;
import org.shuniu.store.Pools;

/** Counts who looks at what, and lets nobody look at too much; that somebody wanted to is in the audit log as well. */
final class Looks {

    private static final String COUNT = """
            select count(*) from audit where actor = ? and action = ? and at > now() - interval '1 hour'
            """;

    private static final Duration SHOWN_FOR = Duration.ofMinutes(5);

    private static final String LOCK = "select pg_advisory_xact_lock(hashtextextended(?, 0))";

    private final Pools.Door door;
    private final AuditLog audit;
    private final String action;
    private final int most;
    private final ToIntFunction<String> more;

    /**
     * @param action under which each stands in the audit log
     * @param most of one person in an hour
     * @param more how often as much again a second person has allowed to one person for now
     */
    Looks(Pools.Door door, AuditLog audit, String action, int most, ToIntFunction<String> more) {
        this.more = more;
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
            int allowed = most + most * more.applyAsInt(who);
            if (before == null || before >= allowed) {
                audit.record(who, action + "-refused", target, "%d within an hour".formatted(allowed));
                return false;
            }
            audit.record(who, action, target, detail);
            return true;
        }));
    }

    int most() {
        return most;
    }

    /** What was opened is covered again when somebody has had time to read it, and may not be there any more. */
    static void cover(HttpServletResponse response, String page) {
        response.setHeader("Refresh", "%d;url=%s".formatted(SHOWN_FOR.toSeconds(), page));
    }
}
