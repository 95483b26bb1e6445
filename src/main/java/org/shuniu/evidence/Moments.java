package org.shuniu.evidence;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Times as the database keeps them. */
final class Moments {

    private Moments() {}

    /** Cut, not rounded as the driver would: the canonical line must be recomputable from the row. */
    static Instant kept(Instant at) {
        return at.truncatedTo(ChronoUnit.MICROS);
    }
}
