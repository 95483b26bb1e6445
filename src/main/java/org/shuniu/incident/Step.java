package org.shuniu.incident;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a look does to incidents. */
sealed interface Step {

    /** There is one more. */
    record Open(Condition seen) implements Step {}

    /** It goes on. */
    record GoesOn(long id, Condition seen) implements Step {}

    /** It was not seen this time; whether it is over shows later. */
    record NotSeen(long id) implements Step {}

    /** It has not been seen for long enough. */
    record Close(Incident incident) implements Step {}

    /**
     * What follows from a look.
     *
     * @param looked kinds that were looked for; what could not be looked for stays as it is
     * @param settled how long nothing may be seen of one before it is over
     */
    static List<Step> of(
            Collection<Incident> open,
            Collection<Condition> seen,
            Set<IncidentKind> looked,
            Instant now,
            Duration settled) {
        Map<Condition.Key, Condition> left = new HashMap<>();
        seen.forEach(condition -> left.put(condition.key(), condition));
        List<Step> steps = new ArrayList<>();
        for (Incident incident : open) {
            Condition condition = left.remove(incident.key());
            if (condition != null) {
                steps.add(new GoesOn(incident.id(), condition));
            } else if (looked.contains(incident.kind())) {
                notSeen(incident, now, settled, steps);
            }
        }
        left.values().stream().filter(Condition::opens).forEach(condition -> steps.add(new Open(condition)));
        return steps;
    }

    private static void notSeen(Incident incident, Instant now, Duration settled, List<Step> steps) {
        Instant gone = incident.goneSince() == null ? now : incident.goneSince();
        if (!now.isBefore(gone.plus(settled))) {
            steps.add(new Close(incident));
        } else if (incident.goneSince() == null) {
            steps.add(new NotSeen(incident.id()));
        }
    }
}
