package org.shuniu.console;

import java.time.OffsetDateTime;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Something that needs a person; its kind has words for what happened, what happens next by itself, and what to do.
 *
 * @param partner at whom, or null for the hub itself
 * @param since when it began, where that is known
 * @param messages how many it concerns
 * @param fault {@code receiver}, {@code sender} or {@code hub}
 * @param said in the hub's or an operator's own words, or null
 * @param next when the hub does something about it, or null
 */
record Urgent(
        Kind kind,
        @Nullable String partner,
        @Nullable OffsetDateTime since,
        long messages,
        String fault,
        @Nullable String said,
        @Nullable OffsetDateTime next) {

    /** The most urgent first. */
    enum Kind {
        CIRCUIT,
        CERTIFICATE,
        FILES,
        DISK,
        PROCESS,
        CONFIGURATION,
        DEAD,
        LIMIT,
        PARKED,
        ANSWER,
        OVERDUE,
        ERRORS,
        BACKLOG,
        SILENCE,
        EXPIRY,
        CALENDAR,
        CLOCK,
        PAUSED;

        /** Under which its words stand. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Where to act. */
    public String address() {
        return switch (kind) {
            case PARKED, ANSWER, OVERDUE -> "/parked?partner=" + partner;
            case DEAD, LIMIT -> "/parked";
            case DISK, PROCESS, CONFIGURATION, ERRORS, SILENCE, EXPIRY, CALENDAR, CLOCK -> "/incidents";
            default -> "/partners/" + partner;
        };
    }
}
