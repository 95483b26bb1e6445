package org.shuniu.incident;

import java.util.Locale;

/** What can be wrong, the most urgent first. */
public enum IncidentKind {
    /** A partner does not answer. */
    CIRCUIT,
    /** A partner does not accept who the hub says it is. */
    CERTIFICATE,
    /** The disk of the hub's data fills up. */
    DISK,
    /** Statutory time limits of a department's cases end soon, or are over. */
    LIMIT,
    /** Messages wait for a person. */
    PARKED,
    /** Many calls of a partner fail, though some do not. */
    ERRORS,
    /** Too much waits, or for too long. */
    BACKLOG,
    /** Nothing comes, though it usually does at this hour. */
    SILENCE,
    /** Certificates or keys end soon. */
    EXPIRY,
    /** The hub's clock and the database's differ. */
    CLOCK;

    /** Under which its words stand, and as it is kept. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static IncidentKind of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
