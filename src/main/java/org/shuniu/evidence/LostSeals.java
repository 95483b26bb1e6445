package org.shuniu.evidence;

import java.nio.file.Path;

/** The database has lost seals that the file outside it holds, and so whatever was committed with them and since. */
public final class LostSeals extends RuntimeException {

    private static final long serialVersionUID = 1L;

    LostSeals(long tabled, long filed, Path file) {
        super("The database ends with seal %d, and %s with seal %d: an older state of the database was brought back"
                .formatted(tabled, file, filed));
    }
}
