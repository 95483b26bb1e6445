package org.shuniu.console;

/** There is nothing at an address, or nothing that this person may know of. */
final class NotHere extends RuntimeException {

    private static final long serialVersionUID = 1L;

    NotHere() {
        super("There is nothing at this address", null, false, false);
    }
}
