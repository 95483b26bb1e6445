package org.shuniu.store;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.UUID;

/** Random ids that sort by time (UUID version 7, RFC 9562). */
public final class TimeOrderedId {

    private static final SecureRandom RANDOM = new SecureRandom();

    private TimeOrderedId() {}

    public static UUID next() {
        byte[] random = new byte[10];
        RANDOM.nextBytes(random);
        long high = System.currentTimeMillis() << 16 | 0x7000L | (random[0] & 0x0FL) << 8 | random[1] & 0xFFL;
        long low = 0x80L | random[2] & 0x3FL;
        for (int i = 3; i < 10; i++) {
            low = low << 8 | random[i] & 0xFFL;
        }
        return new UUID(high, low);
    }

    /** No id of that moment, or of a later one, sorts before this; and none of an earlier one after it. */
    public static UUID first(Instant moment) {
        return new UUID(moment.toEpochMilli() << 16 | 0x7000L, 0x80L << 56);
    }
}
