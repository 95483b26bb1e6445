package org.shuniu.console;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.shuniu.controlbus.LimitRequest;
import org.shuniu.delivery.DeliveryEngine;
import org.shuniu.delivery.LimitChange;

/** How far a change of a partner's limits has come: what is recorded is not in force yet. */
record LimitsShown(State state) {

    /** Of a change. */
    enum State {
        NONE,
        /** Recorded, and not known to every process yet. */
        PENDING,
        IN_FORCE,
        /** Ended, and this process still goes by it. */
        ENDING
    }

    /** @param followed the change by which this process goes now */
    static LimitsShown of(Line line, @Nullable LimitChange followed, Instant now) {
        Map<String, Object> change = line.change();
        if (change == null) {
            return new LimitsShown(followed == null ? State.NONE : State.ENDING);
        }
        Instant since = ((OffsetDateTime) change.get("since")).toInstant();
        boolean here = followed != null && followed.since().equals(since);
        boolean everywhere = now.isAfter(since.plus(DeliveryEngine.LIMITS_WITHIN));
        return new LimitsShown(here && everywhere ? State.IN_FORCE : State.PENDING);
    }

    /** The word for what was wrong with what somebody typed. */
    static String problem(LimitRequest.Fault fault) {
        return "limits-" + word(fault);
    }

    public String word() {
        return word(state);
    }

    /** Whether it is another state within moments. */
    public boolean moves() {
        return state == State.PENDING || state == State.ENDING;
    }

    public long within() {
        return DeliveryEngine.LIMITS_WITHIN.toSeconds();
    }

    private static String word(Enum<?> one) {
        return one.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
