package org.shuniu.bench.partners;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/** Counts lives at both ends: cases that were accepted and cases whose result the platform received, once each. */
public final class Lives {

    private final Set<String> accepted = ConcurrentHashMap.newKeySet();
    private final Set<String> delivered = ConcurrentHashMap.newKeySet();
    private final Set<String> results = ConcurrentHashMap.newKeySet();
    private final LongAdder whole = new LongAdder();
    private final LongAdder decided = new LongAdder();
    private final LongAdder doubles = new LongAdder();
    private final LongAdder lost = new LongAdder();
    private final Semaphore places;
    private final int limit;
    private final boolean endDecided;

    /** @param open how many lives may be on their way at a time */
    public Lives(int open) {
        this(open, false);
    }

    private Lives(int open, boolean endDecided) {
        this.limit = open;
        this.places = new Semaphore(open);
        this.endDecided = endDecided;
    }

    /** Lives that are whole once the department has the case. */
    public static Lives untilDecided(int open) {
        return new Lives(open, true);
    }

    /** Waits for a place among the lives on their way. */
    public boolean begin(long patienceMillis) throws InterruptedException {
        return places.tryAcquire(patienceMillis, TimeUnit.MILLISECONDS);
    }

    /** Gives back the place of an application that was not accepted. */
    public void notBegun() {
        places.release();
    }

    public void accepted(String caseNo) {
        accepted.add(caseNo);
    }

    /** The department has the case. */
    public void decided(String requestId, String caseNo) {
        decided.increment();
        if (endDecided) {
            delivered(requestId, caseNo);
        }
    }

    void delivered(String messageId, String caseNo) {
        if (!results.add(messageId)) {
            doubles.increment();
        } else if (delivered.add(caseNo)) {
            whole.increment();
            places.release();
        }
    }

    void connectionLost() {
        lost.increment();
    }

    /** Whole lives so far. */
    public long whole() {
        return whole.sum();
    }

    /** Numbers of cases that are whole. */
    public List<String> some(int count) {
        return delivered.stream().limit(count).toList();
    }

    /** How many are on their way. */
    public int open() {
        return limit - places.availablePermits();
    }

    public long doubles() {
        return doubles.sum();
    }

    /** Whether every accepted case has its result at the platform, and no other case has. */
    public boolean complete() {
        return delivered.size() == accepted.size() && delivered.containsAll(accepted);
    }

    public String account() {
        return "%d accepted, %d department calls, %d whole, %d received again"
                .formatted(accepted.size(), decided.sum(), delivered.size(), doubles.sum());
    }
}
