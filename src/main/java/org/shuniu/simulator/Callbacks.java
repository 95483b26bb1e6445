package org.shuniu.simulator;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Calls the hub back, again and again until it has taken the answer. */
final class Callbacks implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Callbacks.class);
    private static final long AGAIN_MILLIS = 2_000;

    private final String hub;
    private final SecretFiles secrets;
    private final Outbox outbox;
    private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(2, task -> {
        Thread thread = new Thread(task, "simulator-callback");
        thread.setDaemon(true);
        return thread;
    });
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

    Callbacks(String hub, SecretFiles secrets, Outbox outbox) {
        this.hub = hub;
        this.secrets = secrets;
        this.outbox = outbox;
        outbox.left().forEach(saying -> schedule(saying, AGAIN_MILLIS));
    }

    void later(String partner, long millis, Answer answer) {
        Outbox.Saying saying = new Outbox.Saying(UUID.randomUUID().toString(), partner, answer);
        outbox.add(saying);
        schedule(saying, millis);
    }

    private void schedule(Outbox.Saying saying, long millis) {
        threads.schedule(() -> send(saying), millis, TimeUnit.MILLISECONDS);
    }

    private void send(Outbox.Saying saying) {
        boolean taken = false;
        try {
            taken = client.send(request(saying.partner(), saying.answer()), HttpResponse.BodyHandlers.discarding())
                                    .statusCode()
                            / 100
                    == 2;
        } catch (IOException away) {
            LOG.debug("The hub does not take a callback of {}", saying.partner());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return;
        }
        if (taken) {
            outbox.done(saying);
        } else if (!threads.isShutdown()) {
            schedule(saying, AGAIN_MILLIS);
        }
    }

    private HttpRequest request(String partner, Answer answer) {
        return HttpRequest.newBuilder(URI.create(hub + "/callback/v1/" + partner))
                .timeout(Duration.ofSeconds(10))
                .header("Authorization", "Bearer " + secrets.read(partner + "-callback-token"))
                .header("Content-Type", answer.mediaType())
                .POST(HttpRequest.BodyPublishers.ofByteArray(answer.body()))
                .build();
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
