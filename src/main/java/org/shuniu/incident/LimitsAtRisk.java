package org.shuniu.incident;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.shuniu.timelimit.TimeLimits;

/** Sees departments whose cases are about to pass, or have passed, their statutory time limit. */
final class LimitsAtRisk implements Watcher {

    private static final int MOST = 1_000;
    private static final int NAMED = 3;

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
        return Duration.ofMinutes(1);
    }

    @Override
    public List<Condition> look(Instant now) {
        Map<String, List<String>> byDepartment = new TreeMap<>();
        limits.atRisk(workingDays, MOST)
                .forEach(risk -> byDepartment
                        .computeIfAbsent(risk.department(), department -> new ArrayList<>())
                        .add(risk.limit().caseNo()));
        List<Condition> conditions = new ArrayList<>();
        byDepartment.forEach((department, cases) ->
                conditions.add(new Condition(IncidentKind.LIMIT, department, null, cases.size(), "receiver")
                        .saying(String.join(", ", cases.subList(0, Math.min(NAMED, cases.size()))))));
        return conditions;
    }
}
