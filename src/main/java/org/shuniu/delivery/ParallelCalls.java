package org.shuniu.delivery;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.shuniu.channel.Reply;
import org.shuniu.partner.Partner;

/** Bulkhead: however many queues lead to a partner, it has no more than its number of calls at a time. */
final class ParallelCalls {

    private final Map<String, Semaphore> budgets = new ConcurrentHashMap<>();

    /** Waits for a place no longer than one call may take; a claim's lease allows for both. */
    Reply call(Partner partner, Supplier<Reply> call) {
        Semaphore budget = budgets.computeIfAbsent(
                partner.id(), id -> new Semaphore(partner.delivery().parallel(), true));
        Duration patience = partner.delivery().deadline();
        try {
            if (!budget.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                return new Reply.Unavailable(
                        "the hub makes no more than %d calls of this partner at a time"
                                .formatted(partner.delivery().parallel()),
                        null);
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return new Reply.Unavailable("the hub stopped before the call", null);
        }
        try {
            return call.get();
        } finally {
            budget.release();
        }
    }
}
