package org.shuniu.exchange;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Queue;
import java.util.Set;

/** The nonces of the requests that change nothing, as long as their signatures count; bounded for each partner, and of this process. */
final class Nonces {

    private record Used(String nonce, Instant until) {}

    private static final class OfOne {

        private final Queue<Used> inOrder = new ArrayDeque<>();
        private final Set<String> used = new HashSet<>();

        boolean use(String nonce, Instant now, Instant until) {
            while (!inOrder.isEmpty() && inOrder.peek().until().isBefore(now)) {
                used.remove(inOrder.remove().nonce());
            }
            if (used.size() >= MOST || !used.add(nonce)) {
                return false;
            }
            inOrder.add(new Used(nonce, until));
            return true;
        }
    }

    /** Of one partner: who asks that often must not keep the others from asking. */
    static final int MOST = 50_000;

    private final Map<String, OfOne> partners = new HashMap<>();

    /** @return false when the partner has used it before, or has used too many */
    synchronized boolean use(String partner, String nonce, Instant now, Duration window) {
        // A signature may be as far ahead of the clock as behind it.
        return partners.computeIfAbsent(partner, one -> new OfOne()).use(nonce, now, now.plus(window.multipliedBy(2)));
    }
}
