package org.shuniu.attachment;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/** Content as it comes: counted, and broken off when its sender drips; the hub's own disk is not held against him. */
final class ArrivingContent extends FilterInputStream {

    private static final long GRACE = TimeUnit.SECONDS.toNanos(30);

    private final long slowest;
    private final LongConsumer arrived;
    private final LongSupplier nanos;
    private long waited;
    private long received;

    /**
     * @param slowest bytes a second, on average once it has been waited for half a minute
     * @param arrived told of each piece
     */
    ArrivingContent(InputStream content, long slowest, LongConsumer arrived, LongSupplier nanos) {
        super(content);
        this.slowest = slowest;
        this.arrived = arrived;
        this.nanos = nanos;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int most) throws IOException {
        long began = nanos.getAsLong();
        int count = super.read(target, offset, most);
        waited += nanos.getAsLong() - began;
        if (count > 0) {
            received += count;
            arrived.accept(count);
        }
        if (waited > GRACE && received < slowest * TimeUnit.NANOSECONDS.toSeconds(waited)) {
            throw new IOException("The content comes too slowly");
        }
        return count;
    }
}
