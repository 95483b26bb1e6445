package org.shuniu.conformance;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.shuniu.codec.Garbled;
import org.shuniu.mapping.MappingFailed;

/** Runs trials, each for its time at most: whatever becomes of one, the others go on. */
final class Runner implements AutoCloseable {

    /**
     * What became of one.
     *
     * @param took from its begin to its end
     */
    record Run(Judgement judgement, Duration took) {}

    /** One that has begun. */
    record Running(Future<Run> future, long began, Duration limit) {

        /** Waits for its end, or that of its time. */
        Run end() throws InterruptedException {
            long left = began + limit.toNanos() - System.nanoTime();
            try {
                return future.get(Math.max(0, left), TimeUnit.NANOSECONDS);
            } catch (TimeoutException late) {
                future.cancel(true);
                return over(Judgement.failed(Whose.OFFICE, "it was not over within %d s".formatted(limit.toSeconds())));
            } catch (ExecutionException unexpected) {
                return over(Judgement.failed(Whose.HUB, "this can't be tried: " + unexpected.getCause()));
            }
        }

        private Run over(Judgement judgement) {
            return new Run(judgement, Duration.ofNanos(System.nanoTime() - began));
        }
    }

    private final ExecutorService threads = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "conformance");
        thread.setDaemon(true);
        return thread;
    });

    Running begin(Trial trial, Office office, Duration limit) {
        long began = System.nanoTime();
        Future<Run> future =
                threads.submit(() -> new Run(judged(trial, office), Duration.ofNanos(System.nanoTime() - began)));
        return new Running(future, began, limit);
    }

    private static Judgement judged(Trial trial, Office office) throws InterruptedException {
        try {
            return trial.act().run(office);
        } catch (NothingToFollow before) {
            return before.judgement();
        } catch (NotAsAgreed | MappingFailed | Garbled ours) {
            return Judgement.failed(Whose.HUB, String.valueOf(ours.getMessage()));
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
