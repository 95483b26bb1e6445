package org.shuniu.bench.load;

import java.util.Arrays;

/** Waiting times in nanoseconds, kept whole. */
public final class Latencies {

    private long[] nanos = new long[4096];
    private int size;

    public synchronized void add(long time) {
        if (size == nanos.length) {
            nanos = Arrays.copyOf(nanos, 2 * size);
        }
        nanos[size++] = time;
    }

    /** The time within which this share of all was answered, in milliseconds. */
    public synchronized double millis(double share) {
        if (size == 0) {
            return Double.NaN;
        }
        long[] sorted = Arrays.copyOf(nanos, size);
        Arrays.sort(sorted);
        return sorted[Math.min(size - 1, (int) (share * size))] / 1e6;
    }

    public synchronized int count() {
        return size;
    }
}
