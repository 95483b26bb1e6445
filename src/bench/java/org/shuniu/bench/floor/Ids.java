package org.shuniu.bench.floor;

import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/** Ids that sort by time, as the hub's do. */
final class Ids {
    private Ids() {}

    static UUID next() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        long high = System.currentTimeMillis() << 16 | 0x7000L | random.nextInt(0x1000);
        return new UUID(high, 0x8000000000000000L | random.nextLong() >>> 2);
    }
}
