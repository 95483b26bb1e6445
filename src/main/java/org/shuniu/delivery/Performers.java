package org.shuniu.delivery;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.shuniu.enrichment.Copy;
import org.shuniu.partner.Partner;
import org.shuniu.vault.Vault;
import org.shuniu.vault.VaultFailure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs claimed deliveries through their route, as many at a time as their partner allows. */
final class Performers implements AutoCloseable {

    private record Waiting(Performers performers, Claims.Claimed claimed) implements Runnable {
        @Override
        public void run() {
            performers.perform(claimed);
        }
    }

    private static final Logger LOG = LoggerFactory.getLogger(Performers.class);
    private static final int LEAST_AHEAD = 16;
    private static final Duration LONGEST_STOP = Duration.ofSeconds(20);

    private final Supplier<Partner> receiver;
    private final CallBudget budget;
    private final Vault vault;
    private final Settlements settlements;
    private final Consumer<Attempt> route;
    private final ThreadPoolExecutor threads;
    private final Places places;
    private final int own;
    private final LimitsInForce limits;
    private PartnerLimits followed;
    private Duration deadline;

    /** On the clock of {@link System#nanoTime()}: what has begun has until then. */
    private volatile long endBy;

    /**
     * @param receiver as it is known at the time
     * @param own how many go through the route at a time; the partner's own number when it is 0
     * @param route takes an attempt through the partner's route, to its settlement
     */
    Performers(
            Supplier<Partner> receiver,
            int own,
            LimitsInForce limits,
            CallBudget budget,
            Vault vault,
            Settlements settlements,
            Consumer<Attempt> route) {
        Partner partner = receiver.get();
        this.receiver = receiver;
        this.own = own;
        this.limits = limits;
        this.followed = limits.of(partner);
        this.deadline = partner.deadline();
        this.budget = budget;
        this.vault = vault;
        this.settlements = settlements;
        this.route = route;
        this.places = new Places(places());
        int parallel = Math.max(1, parallel());
        this.threads =
                new ThreadPoolExecutor(parallel, parallel, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), work -> {
                    Thread thread = new Thread(work, "deliver-" + partner.id());
                    thread.setDaemon(true);
                    return thread;
                });
    }

    /**
     * No more than can begin before their claims lapse: a partner's rate may allow less than its parallel calls, and this process's share
     * of them may be none.
     */
    private int places() {
        if (followed.parallel() == 0) {
            return 0;
        }
        int parallel = parallel();
        long inHalfADeadline = followed.rate()
                .map(rate -> rate.perSecond() * deadline.toMillis() / 2_000)
                .orElse(Long.MAX_VALUE);
        return (int) Math.max(1, Math.min(parallel + Math.max(LEAST_AHEAD, parallel), inHalfADeadline));
    }

    private int parallel() {
        return own == 0 ? followed.parallel() : own;
    }

    /** Threads that were needed once stay; the budget says how many of them call. */
    private void followLimits() {
        Partner partner = receiver.get();
        PartnerLimits now = limits.of(partner);
        if (now.equals(followed) && partner.deadline().equals(deadline)) {
            return;
        }
        followed = now;
        deadline = partner.deadline();
        places.resize(places());
        int threadsNeeded = Math.max(parallel(), threads.getCorePoolSize());
        threads.setMaximumPoolSize(threadsNeeded);
        threads.setCorePoolSize(threadsNeeded);
    }

    /** How many more may be taken; called by one thread alone, it waits a while for the first place. */
    int room(long patienceMillis) throws InterruptedException {
        followLimits();
        if (!places.tryAcquire(patienceMillis, TimeUnit.MILLISECONDS)) {
            return 0;
        }
        places.release();
        return Math.max(0, places.availablePermits());
    }

    void take(Claims.Claimed claimed) {
        places.acquireUninterruptibly();
        try {
            threads.execute(new Waiting(this, claimed));
        } catch (RejectedExecutionException stopping) {
            places.release();
            giveBack(claimed);
        }
    }

    private void perform(Claims.Claimed claimed) {
        try {
            performInTime(claimed);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            giveBack(claimed);
        } catch (RuntimeException failure) {
            LOG.error(
                    "Delivery {} has no outcome; its claim will lapse",
                    claimed.row().deliveryId(),
                    failure);
        } finally {
            places.release();
        }
    }

    /** A call must end before its claim does: what waited too long for its turn goes back. */
    private void performInTime(Claims.Claimed claimed) throws InterruptedException {
        Partner partner = receiver.get();
        if (!claimed.mayBegin() || !budget.take(partner, claimed.beginBefore())) {
            giveBack(claimed);
            return;
        }
        try {
            begin(open(claimed));
        } catch (VaultFailure unreadable) {
            settlements.settle(Attempts.settled(attempt(claimed), new Outcome.Untranslatable(unreadable.getMessage())));
        } finally {
            budget.giveBack(partner);
        }
    }

    /** What may not be shown any more is never sent; a question sends nothing. */
    private void begin(Attempt attempt) {
        List<UUID> expired = attempt.askFirst() ? List.of() : attempt.expiredCopies(settlements.now());
        if (expired.isEmpty()) {
            route.accept(attempt);
        } else {
            settlements.settle(Attempts.settled(attempt, new Outcome.CopiesExpired(expired)));
        }
    }

    private void giveBack(Claims.Claimed claimed) {
        settlements.settle(Attempts.settled(attempt(claimed), new Outcome.NotBegun("waited for its turn")));
    }

    private Attempt open(Claims.Claimed claimed) {
        return attempt(
                claimed,
                vault.open(claimed.sealedBody(), "message.body", claimed.row().messageId()),
                claimed.row().copies().stream().map(copy -> copy.open(vault)).toList());
    }

    private static Attempt attempt(Claims.Claimed claimed) {
        return attempt(claimed, null, List.of());
    }

    private static Attempt attempt(Claims.Claimed claimed, byte[] body, List<Copy> copies) {
        ClaimedRows.Row row = claimed.row();
        return new Attempt(
                row.deliveryId(),
                row.messageId(),
                row.document(),
                row.receiver(),
                row.attempt(),
                row.spent(),
                row.askFirst(),
                null,
                claimed.owner(),
                row.acceptedAt(),
                row.file(),
                body,
                copies,
                row.terms().within(claimed.deadline(), claimed.beginBefore()),
                null);
    }

    /** Nothing begins any more, and what has not begun goes back; does not wait for what has. */
    void end() {
        List<Runnable> notBegun = new ArrayList<>();
        threads.getQueue().drainTo(notBegun);
        notBegun.forEach(waiting -> giveBack(((Waiting) waiting).claimed()));
        if (!threads.isShutdown()) {
            threads.shutdown();
            endBy = System.nanoTime() + LONGEST_STOP.toNanos();
        }
    }

    /** What has begun ends, however long its call may take; what has not goes back. The hub itself goes on. */
    void drain() {
        end();
        // One deadline to wait for the partner's budget, and one for the call.
        endBy = System.nanoTime()
                + receiver.get().deadline().multipliedBy(2).plus(LONGEST_STOP).toNanos();
        close();
    }

    /** What has begun may end; what has not goes back. */
    @Override
    public void close() {
        end();
        try {
            if (!threads.awaitTermination(endBy - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                threads.shutdownNow();
            }
        } catch (InterruptedException interrupted) {
            threads.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
