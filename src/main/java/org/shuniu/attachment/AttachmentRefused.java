package org.shuniu.attachment;

/**
 * Why an upload or a read is refused.
 *
 * <p>{@code name} is the problem's type; {@code offset} is where to go on, for {@code offset-mismatch} only.
 */
public final class AttachmentRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String name;
    private final int status;
    private final long offset;

    AttachmentRefused(String name, int status, String message) {
        this(name, status, message, -1);
    }

    AttachmentRefused(String name, int status, String message, long offset) {
        super(message, null, false, false);
        this.name = name;
        this.status = status;
        this.offset = offset;
    }

    /** Somebody else uploads it, here or in another process. */
    static AttachmentRefused underWay() {
        return new AttachmentRefused("state-conflict", 409, "Another upload of this attachment is under way");
    }

    public String name() {
        return name;
    }

    public int status() {
        return status;
    }

    public long offset() {
        return offset;
    }
}
