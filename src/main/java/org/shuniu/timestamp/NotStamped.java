package org.shuniu.timestamp;

/** A time-stamp that could not be had, or that does not count; the reason holds no content. */
public final class NotStamped extends Exception {

    private static final long serialVersionUID = 1L;

    public NotStamped(String why) {
        super(why, null, false, false);
    }
}
