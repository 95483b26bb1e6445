package org.shuniu.conformance;

import java.util.List;
import java.util.TreeSet;
import org.shuniu.audit.AuditLog;
import org.shuniu.conformance.Standing.Untried;
import org.shuniu.fault.Fault;
import org.shuniu.store.Pools;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Departments to which a hub sends nothing: it found files of theirs when it started with which nobody's test system has passed. What is
 * for them waits, and all others go on.
 *
 * <p>Each is a pause of its own kind, which no probe ends and which stands beside an operator's: it ends when files are in force that
 * were passed with, or when an operator resumes the department and answers for these files by name. It stops every process of the
 * database: so it begins only with files that are in force, and ends only when nobody goes by others.
 */
public final class HeldDepartments {

    private static final Logger LOG = LoggerFactory.getLogger(HeldDepartments.class);
    private static final String HUB = "hub";
    private static final String HOLD = """
            insert into pause (partner, reason, paused_by, note, files) values (?, 'untried', ?, ?, ?)
            on conflict (partner, reason) do update set note = excluded.note, files = excluded.files
                where pause.files is distinct from excluded.files
            """;
    private static final String ANSWERED =
            "select exists (select 1 from untried_resumed where partner = ? and files = ?)";
    private static final String RELEASE =
            "delete from pause where reason = 'untried' and not partner = any(?) returning partner";
    private static final String HELD = "select partner from pause where reason = 'untried' order by partner";

    private final Pools.Door door;
    private final AuditLog audit;
    private volatile Standing standing = Standing.FREE;

    public HeldDepartments(Pools.Door door, AuditLog audit) {
        this.door = door;
        this.audit = audit;
    }

    /** Holds nobody yet: takes note of how departments stand with the files that this process goes by from now on. */
    public void goesBy(Standing now) {
        standing = now;
    }

    /** Holds those who are not held yet: the files that this process goes by are in force. */
    public void hold() {
        door.transaction()
                .executeWithoutResult(status -> standing.untried().forEach((partner, untried) -> {
                    if (isAnsweredFor(partner, untried)) {
                        LOG.warn("An operator has answered for what is sent to {}: {}", partner, untried.fault());
                    } else {
                        hold(partner, untried);
                    }
                }));
    }

    /** Lets everybody else go: no process goes by other files. */
    public void release() {
        Standing now = standing;
        door.transaction().executeWithoutResult(status -> {
            TreeSet<String> kept = new TreeSet<>(now.untried().keySet());
            kept.removeIf(partner -> isAnsweredFor(partner, now.untried().get(partner)));
            List<String> released =
                    door.sql().queryForList(RELEASE, String.class, (Object) kept.toArray(String[]::new));
            released.forEach(partner -> {
                String why = now.whyFree(partner);
                audit.record(HUB, "resume", partner, why);
                LOG.info("{} is sent to again: {}", partner, why);
            });
        });
    }

    /** Says in one line to whom nothing is sent, and what to do about it. */
    public void tell() {
        List<String> held = door.sql().queryForList(HELD, String.class);
        if (!held.isEmpty()) {
            LOG.warn(
                    "Nothing is sent to {}: no test system has passed with their files. To send again: put the record of"
                            + " `conform <partner>` beside its files and swap; or resume it with a reason, in the console or by"
                            + " POST /ops/v1/partners/<partner>/resume, and so answer for these files",
                    String.join(", ", held));
        }
    }

    private void hold(String partner, Untried untried) {
        Fault fault = untried.fault();
        if (door.sql().update(HOLD, partner, HUB, fault.toString(), untried.files()) == 1) {
            audit.record(HUB, "pause", partner, fault.toString());
        }
        LOG.error("Nothing is sent to {}: {}", partner, fault);
    }

    private boolean isAnsweredFor(String partner, Untried untried) {
        return untried.files() != null
                && Boolean.TRUE.equals(door.sql().queryForObject(ANSWERED, Boolean.class, partner, untried.files()));
    }
}
