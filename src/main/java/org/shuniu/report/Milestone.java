package org.shuniu.report;

import java.util.List;
import java.util.Optional;
import org.shuniu.document.CaseState;

/** What of a case's life is counted: its beginning and its end, each once, as it was said first. */
enum Milestone {
    RECEIVED,
    DONE,
    REFUSED,
    /** Over without a result for or against: withdrawn, void, passed to a higher office. */
    ENDED;

    static final List<String> STATUSES = CaseState.all().stream()
            .filter(state -> of(state).isPresent())
            .map(CaseState::code)
            .toList();

    /** @param status a code of set {@code hub} in {@code case-status.csv} */
    static Optional<Milestone> of(String status) {
        return CaseState.find(status).flatMap(Milestone::of);
    }

    private static Optional<Milestone> of(CaseState state) {
        // Every new case begins as submitted, whatever it passes through at once.
        if (state == CaseState.Arriving.SUBMITTED) {
            return Optional.of(RECEIVED);
        }
        if (state instanceof CaseState.Done) {
            return Optional.of(DONE);
        }
        return state instanceof CaseState.Closed closed ? Optional.of(of(closed)) : Optional.empty();
    }

    private static Milestone of(CaseState.Closed closed) {
        return switch (closed) {
            case DELIVERED -> DONE;
            case PREREVIEW_REFUSED, REFUSED, REFUSED_AFTER_WORK -> REFUSED;
            case PASSED_ON, ARCHIVED, WITHDRAWN, VOID -> ENDED;
        };
    }

    boolean begins() {
        return this == RECEIVED;
    }

    /** Whether there is a result, which took its time. */
    boolean decides() {
        return this == DONE || this == REFUSED;
    }
}
