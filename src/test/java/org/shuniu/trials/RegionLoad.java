package org.shuniu.trials;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.shuniu.scenario.WireMessage;

/** A region under load: it sends messages at a rate, each again until it has a receipt, and writes the receipts down. */
final class RegionLoad implements AutoCloseable {

    private static final long REST = TimeUnit.MILLISECONDS.toNanos(200);

    private final Trial trial;
    private final TrialRegion region;
    private final Map<String, String> receipts = new ConcurrentHashMap<>();
    private final Map<String, Integer> answers = new TreeMap<>();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean running;

    RegionLoad(Trial trial, TrialRegion region) {
        this.trial = trial;
        this.region = region;
    }

    void start(int connections, int perSecond) {
        running = true;
        long gap = TimeUnit.SECONDS.toNanos(1) * connections / perSecond;
        for (int i = 0; i < connections; i++) {
            Thread thread = new Thread(() -> send(gap), "region-" + i);
            threads.add(thread);
            thread.start();
        }
    }

    private void send(long gap) {
        while (running) {
            WireMessage message = region.message(UUID.randomUUID().toString(), trial.newSeed());
            until(message);
            LockSupport.parkNanos(gap);
        }
    }

    /** Signed anew at every attempt, as its time runs out otherwise. */
    private void until(WireMessage message) {
        for (int attempts = 0; attempts < 600 && !Thread.currentThread().isInterrupted(); attempts++) {
            WireMessage.Answer answer =
                    message.by(region.key()).created(Instant.now()).send(region.tls());
            count(answer);
            if (answer.status() == 202 || answer.status() == 200) {
                receipts.put(message.id(), answer.body());
                return;
            }
            LockSupport.parkNanos(REST);
        }
    }

    private void count(WireMessage.Answer answer) {
        synchronized (answers) {
            answers.merge("%d %s".formatted(answer.status(), answer.problem()).strip(), 1, Integer::sum);
        }
    }

    void stop() {
        running = false;
        try {
            for (Thread thread : threads) {
                thread.join();
            }
            threads.clear();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    /** The receipt of each message, by its id. */
    Map<String, String> receipts() {
        return receipts;
    }

    /** How many answers of each status and problem there were; 0 is a broken connection. */
    Map<String, Integer> answers() {
        synchronized (answers) {
            return new TreeMap<>(answers);
        }
    }

    @Override
    public void close() {
        running = false;
        threads.forEach(Thread::interrupt);
    }
}
