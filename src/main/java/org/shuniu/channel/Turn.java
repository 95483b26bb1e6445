package org.shuniu.channel;

import java.io.IOException;
import java.util.function.BooleanSupplier;

/**
 * The right to write a file, which another may take over while whoever has it is paused.
 *
 * @param number another than that of whoever had it before
 * @param stands whether nobody has taken it over yet
 */
public record Turn(long number, BooleanSupplier stands) {

    /** Another has taken it over, and may have written the file. */
    public static final class Lost extends IOException {

        private static final long serialVersionUID = 1L;

        Lost() {
            super("another has taken over what was to be written");
        }
    }

    /** Of whoever is alone. */
    static Turn only() {
        return new Turn(0, () -> true);
    }
}
