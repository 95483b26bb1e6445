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
 * than half of a processor, and whoever asks waits no longer than he has patience.
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

    /** @param patience with which the answer is waited for */
    <T> T ask(Callable<T> question, Duration patience) throws NoAnswer {
        FutureTask<T> task = new FutureTask<>(question);
        try {
            thread.execute(() -> work(task));
            return task.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException full) {
            throw new NoAnswer("busy", "others ask at the same time");
        } catch (TimeoutException slow) {
            task.cancel(true);
            throw new NoAnswer("slow", "it took longer than %d ms".formatted(patience.toMillis()));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new NoAnswer("busy", "the hub is being stopped");
        } catch (ExecutionException failed) {
            // What a mapping does that nobody foresaw harms nobody else; the message of such a failure may quote
            // values.
            throw new NoAnswer("failed", failed.getCause().getClass().getSimpleName());
        }
    }

    private static void work(FutureTask<?> task) {
        long began = System.nanoTime();
        task.run();
        long rest = Math.min(LONGEST_REST.toNanos(), System.nanoTime() - began);
        try {
            Thread.sleep(Duration.ofNanos(rest).toMillis());
        } catch (InterruptedException over) {
            // The thread has nothing else to end.
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
