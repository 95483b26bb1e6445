package org.shuniu.attachment;

import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * What is uploaded to this process just now: each attachment once, so many of each partner and of all, and never more in all than
 * the disk has room for.
 */
final class UploadsUnderWay {

    /** One of them, until it is closed. */
    final class Upload implements AutoCloseable {
        private final String attachment;
        private long outstanding;

        private Upload(String attachment, long outstanding) {
            this.attachment = attachment;
            this.outstanding = outstanding;
        }

        /** So many bytes more are on the disk and need no room any longer. */
        void arrived(long bytes) {
            synchronized (UploadsUnderWay.this) {
                outstanding = Math.max(0, outstanding - bytes);
            }
        }

        @Override
        public void close() {
            synchronized (UploadsUnderWay.this) {
                uploads.remove(attachment);
            }
        }
    }

    private final AttachmentProperties limits;
    private final LongSupplier usable;
    private final Map<String, Upload> uploads = new HashMap<>();

    /** @param usable bytes that the disk has room for */
    UploadsUnderWay(AttachmentProperties limits, LongSupplier usable) {
        this.limits = limits;
        this.usable = usable;
    }

    /**
     * @param length bytes that are to come
     * @throws AttachmentRefused when there is no place or no room for it, or it is under way
     */
    synchronized Upload begin(String partner, String digest, long length) {
        requireRoom(length);
        String own = partner + "/";
        long ofPartner =
                uploads.keySet().stream().filter(one -> one.startsWith(own)).count();
        if (ofPartner >= limits.parallel()) {
            throw new AttachmentRefused(
                    "overloaded", 503, "%d of your uploads are under way already".formatted(limits.parallel()));
        }
        if (uploads.size() >= limits.parallelOfAll()) {
            throw new AttachmentRefused("overloaded", 503, "Too many uploads are under way; try again");
        }
        Upload upload = new Upload(own + digest, length);
        if (uploads.putIfAbsent(upload.attachment, upload) != null) {
            throw AttachmentRefused.underWay();
        }
        return upload;
    }

    /** @throws AttachmentRefused when so much would not fit beside all that is under way */
    synchronized void requireRoom(long length) {
        long promised =
                uploads.values().stream().mapToLong(one -> one.outstanding).sum();
        if (usable.getAsLong() - promised - length < limits.diskReserve().toBytes()) {
            throw new AttachmentRefused("overloaded", 503, "The hub has no room for the attachment now");
        }
    }

    /** Runs while nobody uploads this attachment here; false when somebody does. */
    boolean alone(String attachment, Runnable act) {
        Upload place = new Upload(attachment, 0);
        synchronized (this) {
            if (uploads.putIfAbsent(attachment, place) != null) {
                return false;
            }
        }
        try (place) {
            act.run();
            return true;
        }
    }
}
