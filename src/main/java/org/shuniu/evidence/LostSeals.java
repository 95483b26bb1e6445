package org.shuniu.evidence;

import java.nio.file.Path;

/** The database has lost a seal that the file outside it holds, and so whatever was committed with it and since. */
public final class LostSeals extends RuntimeException {

    private static final long serialVersionUID = 1L;

    LostSeals(Seal.Mark last, Path file) {
        super("The database has not %s, with which %s ends: an older state of the database was brought back"
                .formatted(last.text(), file));
    }
}
