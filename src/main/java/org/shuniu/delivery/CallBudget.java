package org.shuniu.delivery;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.shuniu.partner.Partner;

/** Bulkhead: however many queues lead to a partner, it has no more than its number of calls at a time. */
final class CallBudget {

    private final Map<String, Semaphore> budgets = new ConcurrentHashMap<>();

    /**
     * Waits for a place.
     *
     * @param before {@link System#nanoTime} at which waiting ends
     * @return false when there was none in time
     */
    boolean take(Partner partner, long before) throws InterruptedException {
        return budget(partner).tryAcquire(Math.max(0, before - System.nanoTime()), TimeUnit.NANOSECONDS);
    }

    void giveBack(Partner partner) {
        budget(partner).release();
    }

    private Semaphore budget(Partner partner) {
        return budgets.computeIfAbsent(
                partner.id(), id -> new Semaphore(partner.delivery().parallel(), true));
    }
}
