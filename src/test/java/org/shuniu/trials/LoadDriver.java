package org.shuniu.trials;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * The platform under load: several connections hand in applications at a rate, send some of them twice, and whatever
 * got no answer again under the same key until it has one.
 */
final class LoadDriver implements AutoCloseable {

    static final String ECONOMY = "312000250000";
    static final String HEALTHCARE = "312000237000";
    static final String FEDERATION = "312000660000";
    static final List<String> MIX = List.of(ECONOMY, HEALTHCARE, FEDERATION);

    private static final int RESENT = 5;
    private static final int SUPPLEMENTED = 10;
    private static final int CERTIFIED = 4;
    private static final Duration DEADLINE = Duration.ofSeconds(10);
    private static final Duration REST = Duration.ofMillis(200);
    /** Longer than all starts of a hub that is ended again and again, on a machine that has other work. */
    private static final Duration GIVE_UP = Duration.ofMinutes(20);

    private final Supplier<String> address;
    private final Supplier<String> token;
    private final Journal journal;
    private final AtomicInteger seeds;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();
    private final Map<String, Integer> answers = new TreeMap<>();
    private final Queue<String> faults = new ConcurrentLinkedQueue<>();
    private final List<Thread> threads = new ArrayList<>();
    private volatile List<String> items = MIX;
    private volatile boolean certificates;
    private volatile boolean running;
    private volatile boolean closed;

    /** @param seeds gives every applicant a number of its own, over all drivers of a trial */
    LoadDriver(Supplier<String> address, Supplier<String> token, Journal journal, AtomicInteger seeds) {
        this.address = address;
        this.token = token;
        this.journal = journal;
        this.seeds = seeds;
    }

    /** Hands in these items in turn; by default one of each department. */
    LoadDriver items(String... only) {
        items = List.of(only);
        return this;
    }

    /** Whether every fourth application names an electronic certificate. */
    void nameCertificates(boolean some) {
        certificates = some;
    }

    /** Begins to hand in applications, so many a second over so many connections. */
    void start(int connections, int perSecond) {
        running = true;
        long gap = TimeUnit.SECONDS.toNanos(1) * connections / perSecond;
        for (int i = 0; i < connections; i++) {
            thread(() -> {
                long next = System.nanoTime();
                while (running) {
                    LockSupport.parkNanos(next - System.nanoTime());
                    next = Math.max(next + gap, System.nanoTime() - gap);
                    life();
                }
            });
        }
    }

    /** Hands in so many applications as fast as the hub takes them and waits for all answers. */
    void send(int count, int connections) {
        AtomicInteger left = new AtomicInteger(count);
        for (int i = 0; i < connections; i++) {
            thread(() -> {
                while (left.getAndDecrement() > 0 && !closed) {
                    life();
                }
            });
        }
        join();
    }

    /** Hands in nothing new and waits until everything that was handed in has an answer. */
    void stop() {
        running = false;
        join();
    }

    private void thread(Runnable work) {
        Thread thread = new Thread(work, "platform-" + threads.size());
        threads.add(thread);
        thread.start();
    }

    private void join() {
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

    /** One application, sometimes sent twice, sometimes followed by a supplement. */
    private void life() {
        int number = seeds.getAndIncrement();
        String key = UUID.randomUUID().toString();
        String item = items.get(number % items.size());
        boolean certified = certificates && number % CERTIFIED == 0;
        String body =
                certified ? Seed.of(number).certified(item) : Seed.of(number).application(item);
        Journal.Receipt receipt = untilAnswered("/api/v1/applications", key, body);
        if (receipt != null && number % RESENT == 0) {
            resend(receipt, body);
        }
        if (receipt != null && number % SUPPLEMENTED == 1) {
            untilAnswered(
                    "/api/v1/cases/%s/supplements".formatted(receipt.caseNo()),
                    UUID.randomUUID().toString(),
                    Seed.supplement());
        }
    }

    private void resend(Journal.Receipt receipt, String body) {
        Journal.Receipt again = untilAnswered("/api/v1/applications", receipt.key(), body);
        if (again != null && (again.status() != 200 || !again.bytes().equals(receipt.bytes()))) {
            faults.add("a resend of %s got %d and another receipt".formatted(receipt.messageId(), again.status()));
        }
    }

    /** Sends until there is an answer; a refusal is an answer and gives null. */
    Journal.Receipt untilAnswered(String path, String key, String body) {
        long end = System.nanoTime() + GIVE_UP.toNanos();
        while (System.nanoTime() < end && !closed) {
            HttpResponse<String> answer = attempt(path, key, body);
            int status = answer == null ? 0 : answer.statusCode();
            if (status == 202 || status == 200) {
                return journal.write(key, status, answer.body());
            }
            if (status == 409 && path.endsWith("/supplements")) {
                return null;
            }
            if (status != 0 && status != 503) {
                faults.add("%s was answered %d: %s".formatted(path, status, answer.body()));
                return null;
            }
            LockSupport.parkNanos(REST.toNanos());
        }
        faults.add("%s under key %s got no answer within %s".formatted(path, key, GIVE_UP));
        return null;
    }

    private HttpResponse<String> attempt(String path, String key, String body) {
        try {
            HttpResponse<String> answer = client.send(request(path, key, body), HttpResponse.BodyHandlers.ofString());
            count(Integer.toString(answer.statusCode()));
            if (answer.statusCode() == 503
                    && answer.headers().firstValue("Retry-After").isEmpty()) {
                faults.add("a 503 said no Retry-After");
            }
            return answer;
        } catch (IOException unknown) {
            count("none");
            return null;
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
            return null;
        }
    }

    private HttpRequest request(String path, String key, String body) {
        return HttpRequest.newBuilder(URI.create(address.get() + path))
                .timeout(DEADLINE)
                .header("Authorization", "Bearer " + token.get())
                .header("Idempotency-Key", key)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
    }

    private void count(String answer) {
        synchronized (answers) {
            answers.merge(answer, 1, Integer::sum);
        }
    }

    /** How many answers of each status there were; {@code none} is a broken connection or silence. */
    Map<String, Integer> answers() {
        synchronized (answers) {
            return new TreeMap<>(answers);
        }
    }

    int answers(String status) {
        return answers().getOrDefault(status, 0);
    }

    /** What no client should ever see. */
    List<String> faults() {
        return List.copyOf(faults);
    }

    @Override
    public void close() {
        running = false;
        closed = true;
        threads.forEach(Thread::interrupt);
    }
}
