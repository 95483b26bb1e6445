package org.shuniu.delivery;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.shuniu.partner.DeliveryPolicy;
import org.shuniu.partner.Partner;
import org.shuniu.partner.PartnerDirectory;

/**
 * Bulkhead and rate: however many queues lead to a partner, it has no more than its number of calls at a time, and they
 * begin no faster than its rate.
 *
 * <p>Both are waited for by a performer of that partner, with a claim but without a database connection, and only as long
 * as the call would still end before the claim lapses; after that the claim is given back at no cost. Performers take no
 * more ahead, and the broker holds no more, than the rate can use.
 */
final class CallBudget {

    private static final class Budget {
        private final Places places;
        private final AtomicInteger waiting = new AtomicInteger();
        private PartnerLimits limits;
        private volatile @Nullable TokenBucket tokens;

        Budget(PartnerLimits limits) {
            this.limits = limits;
            this.places = new Places(limits.parallel());
            this.tokens = limits.rate().map(Budget::bucket).orElse(null);
        }

        /** Who waits already keeps the turn that the former rate gave him. */
        synchronized void follow(PartnerLimits now) {
            if (now.equals(limits)) {
                return;
            }
            places.resize(now.parallel());
            if (!now.rate().equals(limits.rate())) {
                tokens = now.rate().map(rate -> bucket(rate).drained()).orElse(null);
            }
            limits = now;
        }

        private static TokenBucket bucket(DeliveryPolicy.Rate rate) {
            return new TokenBucket(rate.perSecond(), rate.burst(), System::nanoTime);
        }
    }

    private final LimitsInForce limits;
    private final Map<String, Budget> budgets = new ConcurrentHashMap<>();

    CallBudget(PartnerDirectory partners, LimitsInForce limits) {
        this.limits = limits;
        for (Partner partner : partners.all()) {
            budgets.put(partner.id(), new Budget(limits.of(partner)));
        }
    }

    /**
     * Waits for a place and a turn.
     *
     * @param before {@link System#nanoTime} at which waiting ends
     * @return false when there was none in time
     */
    boolean take(Partner partner, long before) throws InterruptedException {
        Budget budget = budgets.computeIfAbsent(partner.id(), id -> new Budget(limits.of(partner)));
        budget.follow(limits.of(partner));
        if (!hasShare(partner)) {
            return false;
        }
        if (!budget.places.tryAcquire(left(before), TimeUnit.NANOSECONDS)) {
            return false;
        }
        boolean turn = false;
        try {
            TokenBucket tokens = budget.tokens;
            turn = tokens == null || awaitTurn(tokens, budget.waiting, before);
        } finally {
            if (!turn) {
                budget.places.release();
            }
        }
        return turn;
    }

    /** Whether this process may call the partner at all; otherwise another does. */
    boolean hasShare(Partner partner) {
        return limits.of(partner).parallel() > 0;
    }

    private static boolean awaitTurn(TokenBucket tokens, AtomicInteger waiting, long before)
            throws InterruptedException {
        boolean used = false;
        waiting.incrementAndGet();
        try {
            long wait = tokens.take();
            if (wait <= left(before)) {
                TimeUnit.NANOSECONDS.sleep(wait);
                used = true;
            }
        } finally {
            waiting.decrementAndGet();
            if (!used) {
                tokens.giveBack();
            }
        }
        return used;
    }

    private static long left(long before) {
        return Math.max(0, before - System.nanoTime());
    }

    void giveBack(Partner partner) {
        budgets.get(partner.id()).places.release();
    }

    /** Whether calls wait for their turn now. */
    boolean waitsForRate(String partner) {
        Budget budget = budgets.get(partner);
        return budget != null && budget.tokens != null && budget.waiting.get() > 0;
    }
}
