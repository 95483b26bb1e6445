package org.shuniu.incident;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.shuniu.timelimit.TimeLimits;

/** Sees departments whose cases are about to pass, or have passed, their statutory time limit. */
final class LimitsAtRisk implements Watcher {

    /** Of all departments together: one in a hundred cases of a year. */
    private static final int MOST = 100_000;

    private final TimeLimits limits;
    private final int workingDays;

    /** @param workingDays within which the last day of a limit is a risk */
    LimitsAtRisk(TimeLimits limits, int workingDays) {
        this.limits = limits;
        this.workingDays = workingDays;
    }

    @Override
    public Set<IncidentKind> kinds() {
        return Set.of(IncidentKind.LIMIT);
    }

    @Override
    public Duration every() {
        return Duration.ofMinutes(5);
    }

    @Override
    public List<Condition> look(Instant now) {
        return limits.late(workingDays, MOST).stream()
                .map(late -> new Condition(IncidentKind.LIMIT, late.department(), null, late.cases(), "receiver")
                        .saying(String.join(", ", late.first())))
                .toList();
    }
}
