package org.shuniu.exchange;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Queue;
import java.util.Set;

/** The nonces of the requests that change nothing, as long as their signatures count; bounded, and of this process. */
final class Nonces {

    private record Used(String nonce, Instant until) {}

    private static final int MOST = 200_000;

    private final Queue<Used> inOrder = new ArrayDeque<>();
    private final Set<String> used = new HashSet<>();

    /** False when it was used before, or too many are. */
    synchronized boolean use(String partner, String nonce, Instant now, Duration window) {
        while (!inOrder.isEmpty() && inOrder.peek().until().isBefore(now)) {
            used.remove(inOrder.remove().nonce());
        }
        String scoped = partner + "/" + nonce;
        if (used.size() >= MOST || !used.add(scoped)) {
            return false;
        }
        // A signature may be as far ahead of the clock as behind it.
        inOrder.add(new Used(scoped, now.plus(window.multipliedBy(2))));
        return true;
    }
}
