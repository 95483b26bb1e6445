package org.shuniu.intake;

import java.util.List;

/**
 * Where an application goes and what its case looks like at the start.
 *
 * @param decider the partner that decides the case
 * @param receivers who receives the application now
 * @param statuses the statuses it passes through at once, in order
 * @param acceptingCentre the home centre, or null
 * @param paperCentre where the paper lies, or null
 * @param responsible a centre's code or a partner's id
 */
record Itinerary(
        String decider,
        List<String> receivers,
        List<String> statuses,
        String acceptingCentre,
        String paperCentre,
        String responsible) {

    String status() {
        return statuses.get(statuses.size() - 1);
    }
}
