package org.shuniu.delivery;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.shuniu.document.CaseTimes;

/**
 * What an operator has changed of one partner's limits for a time; what is null stands as in its file.
 *
 * @param openAllDay whether it counts as open all day, but for the closures and the month's end of its file
 * @param closedFrom when it begins to be closed, whatever its hours say
 * @param closedTo when that ends, not included
 * @param until when all of this is over by itself
 * @param since when it was recorded, on the database's clock
 */
public record LimitChange(
        String partner,
        @Nullable Integer perSecond,
        @Nullable Integer parallel,
        boolean openAllDay,
        @Nullable Instant closedFrom,
        @Nullable Instant closedTo,
        Instant until,
        String by,
        String reason,
        Instant since) {

    public boolean changesHours() {
        return openAllDay || closedTo != null;
    }

    boolean closes(Instant at) {
        return closedFrom != null && closedTo != null && !at.isBefore(closedFrom) && at.isBefore(closedTo);
    }

    /** What it changes, as the audit keeps it. */
    public String words() {
        List<String> words = new ArrayList<>();
        if (perSecond != null) {
            words.add("%d a second".formatted(perSecond));
        }
        if (parallel != null) {
            words.add("%d at a time".formatted(parallel));
        }
        if (openAllDay) {
            words.add("open all day");
        }
        if (closedFrom != null && closedTo != null) {
            words.add("closed from %s to %s".formatted(time(closedFrom), time(closedTo)));
        }
        return "%s until %s".formatted(String.join(", ", words), time(until));
    }

    private static String time(Instant at) {
        return at.atZone(CaseTimes.SHANGHAI)
                .toOffsetDateTime()
                .truncatedTo(ChronoUnit.SECONDS)
                .toString();
    }
}
