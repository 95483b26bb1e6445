package org.shuniu.console;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.shuniu.store.CaseFile;

/**
 * Whose turn it is in a case.
 *
 * @param kind {@code person} of the hub's operators, {@code hub} by itself, {@code applicant}, {@code centre},
 *     {@code department}, or {@code nobody}
 * @param whom the partner or centre, or null
 */
record Turn(String kind, @Nullable String whom) {

    private static final Set<String> OF_APPLICANT = Set.of("14", "42", "50", "70");
    private static final Set<String> OF_CENTRE = Set.of("20", "21");

    /** What stands in the way of a message comes first: until it is there, nobody else can act on it. */
    static Turn of(CaseFile file, List<CaseLife.Delivered> deliveries) {
        for (String state : List.of("parked", "pending")) {
            for (CaseLife.Delivered delivery : deliveries) {
                if (delivery.state().equals(state)) {
                    return new Turn(state.equals("parked") ? "person" : "hub", delivery.receiver());
                }
            }
        }
        String status = file.status();
        if (CaseFile.isOver(status)) {
            return new Turn("nobody", null);
        }
        if (OF_APPLICANT.contains(status)) {
            return new Turn("applicant", null);
        }
        return OF_CENTRE.contains(status)
                ? new Turn("centre", file.responsible())
                : new Turn("department", file.receiver());
    }
}
