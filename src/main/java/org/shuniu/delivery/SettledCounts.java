package org.shuniu.delivery;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What one group of settlements came to, for circuits and metrics. */
public final class SettledCounts {

    /** The ways a delivery leaves an attempt. */
    public enum Kind {
        DELIVERED,
        REFUSED,
        RETRIED,
        PARKED
    }

    /**
     * One delivery's outcome.
     *
     * @param answered whether the receiver answered at all
     * @param age since the message was accepted, or null when it is not final
     */
    public record Counted(String receiver, Kind kind, boolean answered, Duration age) {}

    private final List<Counted> all = new ArrayList<>();
    private boolean recovered;

    void add(String receiver, Kind kind, boolean answered, Duration age) {
        all.add(new Counted(receiver, kind, answered, age));
    }

    public List<Counted> all() {
        return all;
    }

    void recovered() {
        recovered = true;
    }

    boolean recoveredAny() {
        return recovered;
    }
}
