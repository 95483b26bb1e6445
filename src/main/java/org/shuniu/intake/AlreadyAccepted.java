package org.shuniu.intake;

/** Ends a resend's way through the intake route: its receipt stands. */
public final class AlreadyAccepted extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Acceptance acceptance;

    AlreadyAccepted(Acceptance acceptance) {
        super("already accepted", null, false, false);
        this.acceptance = acceptance;
    }

    public Acceptance acceptance() {
        return acceptance;
    }
}
