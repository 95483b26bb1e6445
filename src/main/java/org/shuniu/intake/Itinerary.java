package org.shuniu.intake;

import java.util.List;
import org.shuniu.joint.CasePart;

/**
 * Where an application goes and what its case looks like at the start.
 *
 * @param decider the partner that decides the case
 * @param receivers who receives the application now
 * @param statuses the statuses it passes through at once, in order
 * @param acceptingCentre the home centre, or null
 * @param paperCentre where the paper lies, or null
 * @param responsible a centre's code or a partner's id
 * @param parts of the offices that decide it together; none where one does
 */
record Itinerary(
        String decider,
        List<String> receivers,
        List<String> statuses,
        String acceptingCentre,
        String paperCentre,
        String responsible,
        List<CasePart> parts) {

    /** One office decides it. */
    Itinerary(
            String decider,
            List<String> receivers,
            List<String> statuses,
            String acceptingCentre,
            String paperCentre,
            String responsible) {
        this(decider, receivers, statuses, acceptingCentre, paperCentre, responsible, List.of());
    }

    String status() {
        return statuses.get(statuses.size() - 1);
    }
}
