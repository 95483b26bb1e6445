package org.shuniu.attachment;

/**
 * Why an upload or a read is refused.
 *
 * <p>{@code name} is the problem's type; {@code offset} is where to go on, for {@code offset-mismatch} only.
 */
final class AttachmentRefused extends RuntimeException {

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

    String name() {
        return name;
    }

    int status() {
        return status;
    }

    long offset() {
        return offset;
    }
}
