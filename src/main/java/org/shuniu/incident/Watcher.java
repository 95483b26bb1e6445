package org.shuniu.incident;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** Sees what of some kinds is wrong; cheap, for it looks for ever. */
interface Watcher {

    /** All that it can see: what it does not name is not so any more. */
    Set<IncidentKind> kinds();

    /**
     * All that is wrong.
     *
     * @param now the database's time
     */
    List<Condition> look(Instant now);

    /** How often that is worth a look. */
    default Duration every() {
        return Duration.ZERO;
    }
}
