package org.shuniu.gateway;

import java.util.HashMap;
import java.util.Map;

/** Places for bodies on their way; no sender holds so many that none is left for the others. */
final class ArrivingPlaces {

    private final int most;
    private final int share;
    private final Map<String, Integer> held = new HashMap<>();
    private int all;

    /** @param most places in all; one sender may hold three quarters of them */
    ArrivingPlaces(int most) {
        this.most = most;
        this.share = Math.max(1, most * 3 / 4);
    }

    synchronized boolean tryAcquire(String sender) {
        int mine = held.getOrDefault(sender, 0);
        if (all >= most || mine >= share) {
            return false;
        }
        all++;
        held.put(sender, mine + 1);
        return true;
    }

    synchronized void release(String sender) {
        all--;
        held.computeIfPresent(sender, (who, mine) -> mine == 1 ? null : mine - 1);
    }
}
