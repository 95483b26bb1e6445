package org.shuniu.store;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/** A look at the database that a thread of its own repeats; whatever one look meets, there is another. */
public final class RepeatedLook {

    /** One look. */
    @FunctionalInterface
    public interface Look {
        void look() throws InterruptedException;
    }

    private static final Logger LOG = LoggerFactory.getLogger(RepeatedLook.class);

    private final String name;
    private final Supplier<Duration> every;
    private final Look look;
    private final Semaphore calls = new Semaphore(0);
    private final Thread thread;
    private volatile boolean running;

    /**
     * @param name of the thread, and in the log
     * @param every how long it waits for the next look, asked before each
     */
    public RepeatedLook(String name, Supplier<Duration> every, Look look) {
        this.name = name;
        this.every = every;
        this.look = look;
        this.thread = new Thread(this::run, name);
        this.thread.setDaemon(true);
    }

    public void start() {
        running = true;
        thread.start();
    }

    /** Asks for a look before its time. */
    public void wake() {
        calls.release();
    }

    public boolean isRunning() {
        return running;
    }

    /** Asks it to end after the look that is under way, and does not wait for that. */
    public void end() {
        running = false;
        calls.release();
    }

    /** Ends it after the look that is under way; false when that outlasts the patience, or this thread's wait is interrupted. */
    public boolean stop(Duration patience) {
        end();
        try {
            thread.join(patience.toMillis());
            return !thread.isAlive();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void run() {
        while (running) {
            try {
                calls.tryAcquire(every.get().toMillis(), TimeUnit.MILLISECONDS);
                calls.drainPermits();
                look.look();
            } catch (DataAccessException | TransactionException away) {
                LOG.warn(
                        "{} waits for the database: {}",
                        name,
                        NestedExceptionUtils.getMostSpecificCause(away).getMessage());
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                return;
            } catch (RuntimeException | Error failure) {
                LOG.error("A look of {} failed; it looks again", name, failure);
            }
        }
    }
}
