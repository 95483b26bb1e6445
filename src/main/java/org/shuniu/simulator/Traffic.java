package org.shuniu.simulator;

import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/** A gentle stream of made-up applications to the hub; what the hub cannot take now it gets again, byte for byte. */
final class Traffic implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Traffic.class);
    private static final Duration DEADLINE = Duration.ofSeconds(10);
    private static final long ROUND_MILLIS = 20;
    private static final long REST_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final double LARGEST_BURST = 50;

    /** An application of a channel with the key under which it is sent, however often that takes. */
    record Posting(String sender, String key, String body) {}

    /** Who sends what comes by the channels of GB/T 39046 A.5. */
    private static final Map<String, String> SENDERS =
            Map.of("1", Partner.ACCEPTANCE_PLATFORM, "2", Partner.PORTAL, "3", Partner.CITIZEN_APP);

    private final URI applications;
    private final SecretFiles secrets;
    private final Supplier<ApplicationMaker> maker;
    private final DoubleSupplier load;
    private final Predicate<ObjectNode> elsewhere;
    private final TrafficBacklog backlog = new TrafficBacklog();
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread worker = new Thread(this::run, "simulator-traffic");
    private volatile SimulatorProperties.TrafficRate rate = new SimulatorProperties.TrafficRate(false, 0);
    private volatile long restUntil = System.nanoTime();

    /**
     * @param maker is asked once, when the first application is wanted
     * @param load how many times the rate that is set comes now
     * @param elsewhere takes applications that somebody else hands in
     */
    Traffic(
            URI hub,
            SecretFiles secrets,
            Supplier<ApplicationMaker> maker,
            DoubleSupplier load,
            Predicate<ObjectNode> elsewhere) {
        this.applications = hub.resolve("/api/v1/applications");
        this.secrets = secrets;
        this.maker = maker;
        this.load = load;
        this.elsewhere = elsewhere;
    }

    void start(SimulatorProperties.TrafficRate initial) {
        rate = initial;
        worker.setDaemon(true);
        worker.start();
    }

    void set(SimulatorProperties.TrafficRate other) {
        rate = other;
    }

    SimulatorProperties.TrafficRate rate() {
        return rate;
    }

    ObjectNode shown() {
        ObjectNode shown = backlog.shown();
        return shown.put("enabled", rate.enabled()).put("perSecond", rate.perSecond());
    }

    @Override
    public void close() {
        closing.countDown();
        Waiting.forEndOf(worker);
    }

    private void run() {
        ApplicationMaker applications = maker.get();
        double owed = 0;
        long before = System.nanoTime();
        while (!Waiting.upTo(closing, ROUND_MILLIS, TimeUnit.MILLISECONDS)) {
            long now = System.nanoTime();
            owed = rate.enabled()
                    ? Math.min(LARGEST_BURST, owed + (now - before) * rate.perSecond() * load.getAsDouble() / 1e9)
                    : 0;
            before = now;
            for (; owed >= 1; owed--) {
                ObjectNode application = applications.next();
                if (!elsewhere.test(application)) {
                    backlog.add(posting(application));
                }
            }
            if (rate.enabled() && now - restUntil >= 0) {
                sendWhatWaits();
            }
        }
    }

    private static Posting posting(ObjectNode application) {
        String sender = SENDERS.get(application.path("channel").asString("1"));
        return new Posting(sender, UUID.randomUUID().toString(), application.toString());
    }

    private void sendWhatWaits() {
        try {
            Map<String, String> tokens = new HashMap<>();
            SENDERS.values().forEach(sender -> tokens.put(sender, secrets.read(sender + "-token")));
            backlog.takeForSending().forEach(posting -> send(posting, tokens.get(posting.sender())));
        } catch (UncheckedIOException e) {
            LOG.warn("Traffic waits: {}", e.getMessage());
            restUntil = System.nanoTime() + 30 * REST_NANOS;
        }
    }

    private void send(Posting posting, String token) {
        client.sendAsync(request(posting, token), BodyHandlers.discarding())
                .whenComplete((answer, failure) -> settle(posting, answer));
    }

    private HttpRequest request(Posting posting, String token) {
        return HttpRequest.newBuilder(applications)
                .timeout(DEADLINE)
                .header("Authorization", "Bearer " + token)
                .header("Idempotency-Key", posting.key())
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(posting.body()))
                .build();
    }

    private void settle(Posting posting, HttpResponse<Void> answer) {
        int status = answer == null ? 503 : answer.statusCode();
        if (status == 429 || status >= 500) {
            restUntil = System.nanoTime() + REST_NANOS;
            backlog.putBack(posting);
        } else if (status / 100 == 2) {
            backlog.accepted();
        } else {
            LOG.warn("The hub refused an application of the traffic with HTTP {}", status);
            backlog.refused();
        }
    }
}
