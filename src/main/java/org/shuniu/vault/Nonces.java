package org.shuniu.vault;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Nonces of one process: 4 random bytes and a 64-bit counter, both drawn anew at each start.
 *
 * <p>Within a process no nonce comes twice. Two processes meet only if they drew the same 4 bytes and counters nearer than
 * what they seal: for a thousand starts with 2^40 values each the chance is below 2^-34, where random nonces would have
 * one of 2^-18 or worse. Asking {@link SecureRandom} for every value would also make all threads wait for one lock.
 */
final class Nonces {

    static final int LENGTH = 12;

    private final int prefix;
    private final AtomicLong counter;

    Nonces() {
        SecureRandom random = new SecureRandom();
        prefix = random.nextInt();
        counter = new AtomicLong(random.nextLong());
    }

    void next(byte[] target, int at) {
        ByteBuffer.wrap(target, at, LENGTH).putInt(prefix).putLong(counter.getAndIncrement());
    }
}
