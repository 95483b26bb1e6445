package org.shuniu.simulator;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/** A gentle stream of made-up applications; what the hub does not take is sent again with the same key and bytes. */
final class Traffic implements AutoCloseable {

    /** One application that the platform wants to hand in. */
    private record Sheet(String key, byte[] body) {}

    private static final Logger LOG = LoggerFactory.getLogger(Traffic.class);
    private static final int BACKLOG = 1_000;
    private static final String[][] ITEMS = {
        {"312000250000", "2"},
        {"312099126000", "3"},
        {"312000237000", "2"},
        {"312000349000", "3"},
        {"312000377000", "1"},
        {"312000660000", "2"},
    };

    private final String hub;
    private final SecretFiles secrets;
    private final Random random = new Random();
    private final LinkedBlockingDeque<Sheet> backlog = new LinkedBlockingDeque<>(BACKLOG);
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    private final Thread writer = daemon(this::write, "simulator-traffic-writer");
    private final Thread sender = daemon(this::send, "simulator-traffic-sender");
    private volatile boolean open = true;
    private volatile boolean enabled;
    private volatile double perSecond;

    Traffic(String hub, SecretFiles secrets, SimulatorProperties.Traffic settings) {
        this.hub = hub;
        this.secrets = secrets;
        set(settings);
    }

    private static Thread daemon(Runnable work, String name) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        return thread;
    }

    void start() {
        writer.start();
        sender.start();
    }

    void set(SimulatorProperties.Traffic settings) {
        enabled = settings.enabled();
        perSecond = settings.perSecond();
    }

    SimulatorProperties.Traffic settings() {
        return new SimulatorProperties.Traffic(enabled, perSecond);
    }

    private void write() {
        try {
            while (open) {
                Thread.sleep((long) Math.max(1, (0.5 + random.nextDouble()) * 1_000 / perSecond));
                if (enabled && !backlog.offer(sheet())) {
                    LOG.debug("The hub takes nothing; the made-up stream waits");
                }
            }
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
    }

    private Sheet sheet() {
        String[] item = ITEMS[random.nextInt(ITEMS.length)];
        FictionalPerson person = FictionalPerson.of(random);
        ObjectNode application = Answer.JSON
                .createObjectNode()
                .put("itemCode", item[0])
                .put("applicationTime", Numbers.time(Instant.now(), "yyyyMMdd'T'HHmmss"))
                .put("channel", item[1]);
        if (item[1].equals("1")) {
            application.put("receivingCentre", "31010100201");
        }
        application
                .putObject("applicant")
                .put("type", "1")
                .put("name", person.name())
                .put("idType", "111")
                .put("idNumber", person.idNumber())
                .put("mobile", person.mobile())
                .put("division", "310101002");
        return new Sheet(UUID.randomUUID().toString(), Answer.JSON.writeValueAsBytes(application));
    }

    private void send() {
        try {
            while (open) {
                Sheet sheet = backlog.poll(1, TimeUnit.SECONDS);
                if (sheet != null && !taken(sheet)) {
                    backlog.offerFirst(sheet);
                    Thread.sleep(1_000);
                }
            }
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whatever is not an answer of the hub about this very sheet is a reason to send it again. */
    private boolean taken(Sheet sheet) throws InterruptedException {
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create(hub + "/api/v1/applications"))
                    .timeout(Duration.ofSeconds(20))
                    .header("Authorization", "Bearer " + secrets.read("acceptance-platform-token"))
                    .header("Idempotency-Key", sheet.key())
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofByteArray(sheet.body()))
                    .build();
            int status =
                    client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
            if (status / 100 == 4) {
                LOG.warn("The hub refused a made-up application: HTTP {}", status);
            }
            return status < 500 && status != 429;
        } catch (IOException away) {
            return false;
        }
    }

    @Override
    public void close() {
        open = false;
        writer.interrupt();
        sender.interrupt();
    }
}
