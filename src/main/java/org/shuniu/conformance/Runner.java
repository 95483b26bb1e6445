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

/** Runs one trial after the other, each for its time at most: whatever becomes of one, the next begins anew. */
final class Runner implements AutoCloseable {

    private ExecutorService thread = thread();

    Judgement run(Trial trial, Office office, Duration limit) throws InterruptedException {
        Future<Judgement> running = thread.submit(() -> judged(trial, office));
        try {
            return running.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException late) {
            thread.shutdownNow();
            thread = thread();
            return Judgement.failed(Whose.OFFICE, "it was not over within %d s".formatted(limit.toSeconds()));
        } catch (ExecutionException unexpected) {
            return Judgement.failed(Whose.HUB, "this can't be tried: " + unexpected.getCause());
        }
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

    private static ExecutorService thread() {
        return Executors.newSingleThreadExecutor(work -> {
            Thread thread = new Thread(work, "conformance");
            thread.setDaemon(true);
            return thread;
        });
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
