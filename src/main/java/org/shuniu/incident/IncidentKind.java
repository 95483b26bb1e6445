package org.shuniu.incident;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What can be wrong, the most urgent first. */
public enum IncidentKind {
    /** A partner does not answer. */
    CIRCUIT,
    /** A partner does not accept who the hub says it is. */
    CERTIFICATE,
    /** The disk of the data of a process of the hub fills up. */
    DISK,
    /** A process of the hub is gone without an end. */
    PROCESS,
    /** A process of the hub does not go by the files that are in force. */
    CONFIGURATION,
    /** Messages in the hub's queues that nobody can read wait for a person. */
    DEAD,
    /** Statutory time limits of a department's cases end soon, or are over. */
    LIMIT,
    /** Messages wait for a person. */
    PARKED,
    /** Answers that the hub could not take wait for a person. */
    ANSWER,
    /** Results have not come in the time that was agreed. */
    OVERDUE,
    /** Many calls of a partner fail, though some do not. */
    ERRORS,
    /** Too much waits, or for too long. */
    BACKLOG,
    /** Nothing comes, though it usually does at this hour. */
    SILENCE,
    /** Certificates or keys end soon. */
    EXPIRY,
    /** The holidays of this year, or of the next that comes soon, are not known. */
    CALENDAR,
    /** The clock of a process of the hub and the database's differ. */
    CLOCK;

    /** In SQL, which rows of {@code incident} are read: a later version may have opened what this one knows nothing of. */
    static final String KNOWN = Arrays.stream(values())
            .map(kind -> "'%s'".formatted(kind.word()))
            .collect(Collectors.joining(", ", "kind in (", ")"));

    /** Under which its words stand, and as it is kept. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether the page of what is parked has it, and the acts that end it. */
    public boolean isParked() {
        return this == PARKED || this == ANSWER || this == OVERDUE || this == DEAD;
    }

    static IncidentKind of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
