package org.shuniu.store;

/** Too much waits for a commit, or the commit did not come in time. */
public final class LineFull extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final boolean begun;

    LineFull(boolean begun) {
        super(begun ? "The commit did not come in time" : "Too much waits for a commit");
        this.begun = begun;
    }

    /** Whether the work may have been committed all the same. */
    public boolean begun() {
        return begun;
    }
}
