package org.shuniu.incident;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something that is or was wrong.
 *
 * @param partner at whom, or null for the hub itself
 * @param lastSeenAt when it was seen last
 * @param goneSince since when it is not seen any more, though not for long enough to be over
 * @param since since when it is so, where that is known
 * @param cases how many it concerns now, 0 where it is not about cases
 * @param mostCases how many it concerned at most
 * @param fault {@code receiver}, {@code sender} or {@code hub}
 * @param said ids, figures and reasons; never a personal value
 * @param next when the hub does something about it by itself, or when it becomes worse
 * @param notifiedOpenAt when somebody outside was told that it has begun
 * @param notifiedCloseAt when somebody outside was told that it is over
 */
public record Incident(
        long id,
        IncidentKind kind,
        @Nullable String partner,
        boolean urgent,
        Instant openedAt,
        Instant lastSeenAt,
        @Nullable Instant goneSince,
        @Nullable Instant closedAt,
        @Nullable Instant since,
        long cases,
        long mostCases,
        String fault,
        @Nullable String said,
        @Nullable Instant next,
        @Nullable String acknowledgedBy,
        @Nullable Instant acknowledgedAt,
        @Nullable String assignedTo,
        @Nullable Instant notifiedOpenAt,
        @Nullable Instant notifiedCloseAt) {

    Condition.Key key() {
        return new Condition.Key(kind, partner);
    }

    /** Its name in the audit. */
    static String name(long id) {
        return "incident-" + id;
    }
}
