package org.shuniu.gateway;

import java.util.HashMap;
import java.util.Map;

/** Places for what comes from outside; no sender holds so many that none is left for the others. */
public final class ArrivingPlaces {

    private final int most;
    private final int share;
    private final Map<String, Integer> held = new HashMap<>();
    private int all;

    /** @param most places in all; one sender may hold three quarters of them */
    public ArrivingPlaces(int most) {
        this(most, Math.max(1, most * 3 / 4));
    }

    /**
     * @param most places in all
     * @param share how many of them one sender may hold
     */
    public ArrivingPlaces(int most, int share) {
        this.most = most;
        this.share = share;
    }

    /** False while all places, or the sender's share of them, are taken. */
    public synchronized boolean tryAcquire(String sender) {
        int mine = held.getOrDefault(sender, 0);
        if (all >= most || mine >= share) {
            return false;
        }
        all++;
        held.put(sender, mine + 1);
        return true;
    }

    public synchronized void release(String sender) {
        all--;
        held.computeIfPresent(sender, (who, mine) -> mine == 1 ? null : mine - 1);
    }
}
