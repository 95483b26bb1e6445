package org.shuniu.store;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Random ids that sort by time (UUID version 7, RFC 9562). Those of {@link #next} sort by the order in which this process makes
 * them too: of one millisecond, and where its clock goes back, they count on (6.2 there, method 3).
 */
public final class TimeOrderedId {

    private static final SecureRandom RANDOM = new SecureRandom();
    /** Of a clock that was further ahead than this nothing is kept. */
    private static final Duration LEAP = Duration.ofMinutes(15);
    /** Milliseconds, and twelve bits that count within one. */
    private static final AtomicLong LAST = new AtomicLong();

    private TimeOrderedId() {}

    public static UUID next() {
        return of(LAST.updateAndGet(last -> rising(System.currentTimeMillis() << 12, last)));
    }

    /** An id that sorts after another too, which may be of a process whose clock is ahead. */
    public static UUID after(UUID earlier) {
        UUID next = next();
        return moment(next) > moment(earlier) ? next : of(moment(earlier) + 1);
    }

    /**
     * No id of that moment, or of a later one, sorts before this; and none of an earlier one after it, but for a quarter of an
     * hour after a clock was ahead, and what {@link #after} has made.
     */
    public static UUID first(Instant moment) {
        return new UUID(moment.toEpochMilli() << 16 | 0x7000L, 0x80L << 56);
    }

    static long rising(long now, long last) {
        return last - now > LEAP.toMillis() << 12 ? now : Math.max(now, last + 1);
    }

    private static long moment(UUID id) {
        return id.getMostSignificantBits() >>> 16 << 12 | id.getMostSignificantBits() & 0xFFFL;
    }

    private static UUID of(long moment) {
        long low = RANDOM.nextLong() >>> 2 | 0x8000_0000_0000_0000L;
        return new UUID(moment >>> 12 << 16 | 0x7000L | moment & 0xFFFL, low);
    }
}
