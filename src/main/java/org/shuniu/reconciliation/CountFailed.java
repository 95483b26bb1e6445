package org.shuniu.reconciliation;

/** A partner's count could not be had, or not be read; again later. The message holds no content. */
public final class CountFailed extends Exception {

    private static final long serialVersionUID = 1L;

    public CountFailed(String why) {
        super(why, null, false, false);
    }
}
