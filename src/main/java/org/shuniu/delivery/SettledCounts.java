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
        PARKED,
        /** It left none: the receiver was asked what became of a delivery that it has. */
        ASKED
    }

    /** What an attempt tells of the receiver itself. */
    public enum Heard {
        /** It answered, if only that the message is wrong. */
        ANSWER,
        /** It is away, or too busy. */
        SILENCE,
        /** It does not accept the hub's credentials. */
        CREDENTIALS_REFUSED,
        /** Nothing: it was not called. */
        NOTHING
    }

    /**
     * One delivery's outcome.
     *
     * @param age since the message was accepted, or null when it is not final
     * @param reason what the attempt came to, or null
     */
    public record Counted(String receiver, Kind kind, Heard heard, Duration age, String reason) {}

    private final List<Counted> all = new ArrayList<>();
    private boolean recovered;

    void add(String receiver, Kind kind, Heard heard, Duration age, String reason) {
        all.add(new Counted(receiver, kind, heard, age, reason));
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
