package org.shuniu.conformance;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.shuniu.audit.AuditLog;
import org.shuniu.fault.Fault;
import org.shuniu.store.Pools;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Departments to which a hub sends nothing: it found files of theirs when it started with which nobody's test system has passed. What is
 * for them waits, and all others go on.
 *
 * <p>Each is a pause like an operator's, which no probe ends: it ends when files are in force that were passed with, or when an
 * operator resumes the department and answers for that by name.
 */
public final class HeldDepartments {

    private static final Logger LOG = LoggerFactory.getLogger(HeldDepartments.class);
    private static final String HUB = "hub";
    private static final String HOLD = """
            insert into pause (partner, reason, paused_by, note) values (?, 'operator', ?, ?)
            on conflict (partner, reason) do nothing
            """;
    private static final String RELEASE = """
            delete from pause where reason = 'operator' and paused_by = ? and not partner = any(?) returning partner
            """;

    private final Pools.Door door;
    private final AuditLog audit;
    private volatile Set<String> untried = Set.of();

    public HeldDepartments(Pools.Door door, AuditLog audit) {
        this.door = door;
        this.audit = audit;
    }

    /**
     * Holds those who are not held yet, before anything is sent.
     *
     * @param faults what their records lack, by their ids
     */
    public void hold(Map<String, Fault> faults) {
        untried = Set.copyOf(faults.keySet());
        door.transaction()
                .executeWithoutResult(status -> faults.forEach((partner, fault) -> {
                    if (door.sql().update(HOLD, partner, HUB, fault.toString()) == 1) {
                        audit.record(HUB, "pause", partner, fault.toString());
                    }
                    LOG.error("Nothing is sent to {}: {}", partner, fault);
                }));
    }

    /** Lets everybody else go, where this hub goes by the files that it found when it started. */
    public void releaseOthers() {
        release(untried);
    }

    /** Lets everybody go: files came into force with which all have passed. */
    public void release() {
        untried = Set.of();
        release(untried);
    }

    private void release(Set<String> but) {
        JdbcTemplate sql = door.sql();
        door.transaction().executeWithoutResult(status -> {
            List<String> released = sql.queryForList(RELEASE, String.class, HUB, (Object) but.toArray(String[]::new));
            released.forEach(partner -> {
                audit.record(HUB, "resume", partner, "its test system has passed with the files in force");
                LOG.info("{} is sent to again: its test system has passed with the files in force", partner);
            });
        });
    }
}
