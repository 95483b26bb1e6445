package org.shuniu.incident;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a watcher sees wrong now.
 *
 * @param since since when, where that is known
 * @param cases how many it concerns, 0 where it is not about cases
 * @param fault {@code receiver}, {@code sender} or {@code hub}
 * @param urgent whether nobody's quiet hours keep it
 * @param said ids, figures and reasons; never a personal value
 * @param next when the hub does something about it, or when it becomes worse
 * @param opens whether it is enough to open an incident; what is not still keeps an open one open
 */
record Condition(
        Key key,
        @Nullable Instant since,
        long cases,
        String fault,
        boolean urgent,
        @Nullable String said,
        @Nullable Instant next,
        boolean opens) {

    /** Of each there is at most one open incident. */
    record Key(IncidentKind kind, @Nullable String partner) {}

    Condition(IncidentKind kind, @Nullable String partner, @Nullable Instant since, long cases, String fault) {
        this(new Key(kind, partner), since, cases, fault, false, null, null, true);
    }

    Condition saying(@Nullable String words) {
        return new Condition(key, since, cases, fault, urgent, words, next, opens);
    }

    Condition next(@Nullable Instant time) {
        return new Condition(key, since, cases, fault, urgent, said, time, opens);
    }

    Condition urgent(boolean is) {
        return new Condition(key, since, cases, fault, is, said, next, opens);
    }

    Condition opens(boolean does) {
        return new Condition(key, since, cases, fault, urgent, said, next, does);
    }
}
