package org.shuniu.bench.load;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.shuniu.bench.partners.Field;
import org.shuniu.bench.partners.Lives;

/** Hands in cases over 16 kept connections, as fast as lives end or at a steady rate. */
public final class LoadGenerator implements AutoCloseable {

    /** What is said to hand in one case. */
    @FunctionalInterface
    public interface Talk {
        HttpConnection.Answer say(HttpConnection connection) throws IOException;
    }

    public static final int CONNECTIONS = 16;

    private static final long PATIENCE_MILLIS = 200;

    private final Supplier<HttpConnection> connections;
    private final Talk talk;
    private final Lives lives;
    private final List<Thread> senders = new ArrayList<>();
    private final LongAdder refused = new LongAdder();
    private final AtomicLong slot = new AtomicLong();
    private volatile boolean sending;
    private volatile Latencies latencies = new Latencies();
    private volatile double perSecond;
    private volatile long begin;
    private volatile String refusal = "";

    /** Sends applications as the acceptance platform does. */
    public LoadGenerator(int port, String token, Lives lives) {
        this(() -> new HttpConnection(port), connection -> apply(connection, token, Applications.next()), lives);
    }

    public LoadGenerator(Supplier<HttpConnection> connections, Talk talk, Lives lives) {
        this.connections = connections;
        this.talk = talk;
        this.lives = lives;
    }

    /** As fast as lives end. */
    public void start() {
        start(0);
    }

    /** At a steady rate, whatever the answers: a late answer is counted from the moment its request was due. */
    public void start(double applicationsPerSecond) {
        perSecond = applicationsPerSecond;
        begin = System.nanoTime();
        slot.set(0);
        sending = true;
        for (int i = 0; i < CONNECTIONS; i++) {
            Thread sender = new Thread(this::send, "load-" + i);
            senders.add(sender);
            sender.start();
        }
    }

    /** Forgets the times measured so far. */
    public Latencies measureAnew() {
        latencies = new Latencies();
        return latencies;
    }

    public long refused() {
        return refused.sum();
    }

    /** The latest refusal. */
    public String refusal() {
        return refusal;
    }

    private void send() {
        try (HttpConnection connection = connections.get()) {
            while (sending) {
                if (lives.begin(PATIENCE_MILLIS)) {
                    sendOne(connection, due());
                }
            }
        } catch (IOException broken) {
            throw new IllegalStateException("A connection to the system under test broke", broken);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private long due() {
        if (perSecond == 0) {
            return System.nanoTime();
        }
        long due = begin + (long) (slot.getAndIncrement() * 1e9 / perSecond);
        for (long now = System.nanoTime(); now < due; now = System.nanoTime()) {
            LockSupport.parkNanos(due - now);
        }
        return due;
    }

    /** Hands in one application under a key of its own. */
    public static HttpConnection.Answer apply(HttpConnection connection, String token, byte[] application)
            throws IOException {
        Map<String, String> headers = Map.of(
                "Authorization",
                "Bearer " + token,
                "Idempotency-Key",
                UUID.randomUUID().toString(),
                "Content-Type",
                "application/json");
        return connection.post("/api/v1/applications", headers, application);
    }

    private void sendOne(HttpConnection connection, long due) throws IOException {
        HttpConnection.Answer answer = talk.say(connection);
        latencies.add(System.nanoTime() - due);
        if (answer.status() == 202) {
            lives.accepted(Field.of(answer.text(), "caseNo"));
        } else {
            refused.increment();
            refusal = "HTTP %d %s".formatted(answer.status(), answer.text());
            lives.notBegun();
        }
    }

    /** Sends no more. */
    public void stop() {
        sending = false;
        for (Thread sender : senders) {
            try {
                sender.join();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }
        senders.clear();
    }

    @Override
    public void close() {
        stop();
    }
}
