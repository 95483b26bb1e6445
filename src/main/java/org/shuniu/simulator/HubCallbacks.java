package org.shuniu.simulator;

import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the hub what partners have to say by themselves, again every two seconds until the hub has taken it. */
final class HubCallbacks implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HubCallbacks.class);
    private static final Duration RETRY = Duration.ofSeconds(2);
    private static final Duration DEADLINE = Duration.ofSeconds(5);
    private static final int AT_ONCE = 32;
    private static final int ROUND_MILLIS = 50;

    private final URI hub;
    private final SecretFiles secrets;
    private final CallbackJournal journal;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(RETRY)
            .build();
    private final Map<String, Instant> notBefore = new ConcurrentHashMap<>();
    private final Map<String, Fault> released = new ConcurrentHashMap<>();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread worker = new Thread(this::run, "simulator-callbacks");

    HubCallbacks(URI hub, SecretFiles secrets, CallbackJournal journal) {
        this.hub = hub;
        this.secrets = secrets;
        this.journal = journal;
    }

    void start() {
        worker.setDaemon(true);
        worker.start();
    }

    /** Sends the callback when it is due, or as soon as the fault is lifted that made it late. */
    void push(Callback callback, Fault fault) {
        if (fault.is(FaultKind.LATE_RESULT)) {
            released.put(callback.key(), fault);
        }
        if (!journal.add(callback)) {
            released.remove(callback.key());
            LOG.warn("Callback {} of {} dropped: the backlog is full", callback.key(), callback.partner());
        }
    }

    boolean isWaiting(String key) {
        return journal.isWaiting(key);
    }

    @Override
    public void close() {
        closing.countDown();
        Waiting.forEndOf(worker);
    }

    private void run() {
        while (!Waiting.upTo(closing, ROUND_MILLIS, TimeUnit.MILLISECONDS)) {
            List<Callback> due = journal.waiting().stream()
                    .filter(this::isDue)
                    .limit(AT_ONCE)
                    .toList();
            due.stream().map(this::send).toList().forEach(CompletableFuture::join);
        }
    }

    private boolean isDue(Callback callback) {
        Instant now = Instant.now();
        Fault fault = released.get(callback.key());
        boolean owed = !now.isBefore(callback.due()) || fault != null && fault.isLifted();
        return owed && !now.isBefore(notBefore.getOrDefault(callback.key(), Instant.MIN));
    }

    private CompletableFuture<Void> send(Callback callback) {
        try {
            return client.sendAsync(request(callback), BodyHandlers.discarding())
                    .handle((answer, failure) -> failure == null && answer.statusCode() / 100 == 2)
                    .thenAccept(taken -> settle(callback, taken));
        } catch (IllegalArgumentException | UncheckedIOException e) {
            LOG.warn("Callback {} of {} not sent: {}", callback.key(), callback.partner(), e.getMessage());
            settle(callback, false);
            return CompletableFuture.completedFuture(null);
        }
    }

    private HttpRequest request(Callback callback) {
        return HttpRequest.newBuilder(hub.resolve("/callback/v1/" + callback.partner()))
                .timeout(DEADLINE)
                .header("Authorization", "Bearer " + secrets.read(callback.partner() + "-callback-token"))
                .header("Content-Type", callback.contentType())
                .POST(HttpRequest.BodyPublishers.ofString(callback.body()))
                .build();
    }

    private void settle(Callback callback, boolean taken) {
        if (!taken) {
            notBefore.put(callback.key(), Instant.now().plus(RETRY));
            return;
        }
        journal.taken(callback.key());
        notBefore.remove(callback.key());
        released.remove(callback.key());
    }
}
