package org.shuniu.workbench;

import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Lets what nobody has reviewed run on one thread of its own, which rests as long as it has worked: whatever it is, it takes no more
 * than half of a processor, and whoever asks waits no longer than twice as long as it may work.
 */
final class Apart implements AutoCloseable {

    /** Nothing came of it. */
    static final class NoAnswer extends Exception {

        private static final long serialVersionUID = 1L;

        private final String word;

        NoAnswer(String word, String why) {
            super(why, null, false, false);
            this.word = word;
        }

        /** {@code busy}, {@code slow} or {@code failed}. */
        String word() {
            return word;
        }
    }

    private static final int WAITING = 8;
    private static final Duration LONGEST_REST = Duration.ofSeconds(2);

    private final ThreadPoolExecutor thread;

    Apart() {
        this.thread =
                new ThreadPoolExecutor(1, 1, 1, TimeUnit.MINUTES, new ArrayBlockingQueue<>(WAITING), Apart::thread);
        thread.allowCoreThreadTimeOut(true);
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "workbench");
        thread.setDaemon(true);
        return thread;
    }

    /** @param longest that it may work; others may be before it, so that it is waited for as long again */
    <T> T ask(Callable<T> question, Duration longest) throws NoAnswer {
        Work<T> work = new Work<>(new FutureTask<>(question));
        try {
            thread.execute(work);
            return work.task.get(longest.multipliedBy(2).toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException full) {
            throw busy();
        } catch (TimeoutException late) {
            work.task.cancel(true);
            thread.remove(work);
            throw work.hasWorked(longest)
                    ? new NoAnswer("slow", "it took longer than %d ms".formatted(longest.toMillis()))
                    : busy();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new NoAnswer("busy", "the hub is being stopped");
        } catch (ExecutionException failed) {
            // What a mapping does that nobody foresaw harms nobody else; the message of such a failure may quote
            // values.
            throw new NoAnswer("failed", failed.getCause().getClass().getSimpleName());
        }
    }

    private static NoAnswer busy() {
        return new NoAnswer("busy", "others ask at the same time");
    }

    /** A question, and the rest after it. */
    private static final class Work<T> implements Runnable {

        private final FutureTask<T> task;
        /** By the clock of nanoseconds; 0 before it. */
        private volatile long began;

        private Work(FutureTask<T> task) {
            this.task = task;
        }

        /** Whether it had that time; what others took of its asker's patience is not its own. */
        private boolean hasWorked(Duration longest) {
            return began != 0 && System.nanoTime() - began >= longest.toNanos();
        }

        @Override
        public void run() {
            began = System.nanoTime();
            task.run();
            long rest = Math.min(LONGEST_REST.toNanos(), System.nanoTime() - began);
            try {
                Thread.sleep(Duration.ofNanos(rest).toMillis());
            } catch (InterruptedException over) {
                // The thread has nothing else to end.
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
