package org.shuniu.swap;

import java.util.Locale;

/** What became of a file from one version to the next. */
enum Change {
    ADDED,
    CHANGED,
    REMOVED;

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
