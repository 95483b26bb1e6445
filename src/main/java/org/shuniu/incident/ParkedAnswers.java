package org.shuniu.incident;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.shuniu.controlbus.Dismissals;

/** Sees partners whose answers the hub could not take, once those are ended that something later has overtaken. */
final class ParkedAnswers implements Watcher {

    private static final int AT_ONCE = 500;

    private final Dismissals dismissals;
    private final LeftToPeople left;

    ParkedAnswers(Dismissals dismissals, LeftToPeople left) {
        this.dismissals = dismissals;
        this.left = left;
    }

    @Override
    public Set<IncidentKind> kinds() {
        return left.kinds();
    }

    @Override
    public List<Condition> look(Instant now) {
        dismissals.endOvertaken(AT_ONCE);
        return left.look(now);
    }
}
