package org.shuniu.exchange;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Queue;
import java.util.Set;

/**
 * The nonces of the requests that change nothing, as long as their signatures count; of this process. A partner has no more of
 * them than {@link Quota} has let in meanwhile.
 */
final class Nonces {

    private record Used(String nonce, Instant until) {}

    private static final class OfOne {

        private final Queue<Used> inOrder = new ArrayDeque<>();
        private final Set<String> used = new HashSet<>();

        boolean use(String nonce, Instant now, Instant until) {
            while (!inOrder.isEmpty() && inOrder.peek().until().isBefore(now)) {
                used.remove(inOrder.remove().nonce());
            }
            if (!used.add(nonce)) {
                return false;
            }
            inOrder.add(new Used(nonce, until));
            return true;
        }
    }

    private final Map<String, OfOne> partners = new HashMap<>();

    /** @return false when the partner has used it before */
    synchronized boolean use(String partner, String nonce, Instant now, Duration window) {
        // A signature may be as far ahead of the clock as behind it.
        return partners.computeIfAbsent(partner, one -> new OfOne()).use(nonce, now, now.plus(window.multipliedBy(2)));
    }
}
