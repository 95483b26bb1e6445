package org.shuniu.console;

/** Somebody else made this person's password: another comes first. */
final class PasswordIsDue extends RuntimeException {

    private static final long serialVersionUID = 1L;

    PasswordIsDue() {
        super("The password must be changed first", null, false, false);
    }
}
