package org.shuniu.simulator;

import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The post rooms of two centres: one posts the paper of an accepted case, the other says that it has come. */
final class CentreMail implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CentreMail.class);
    private static final Duration DEADLINE = Duration.ofSeconds(5);
    private static final int TRIES = 30;
    private static final int WALK_MILLIS = 2_000;

    /** What a centre says, under a key of its own however often. */
    private record Letter(String caseNo, String step, String centre) {
        String key() {
            return Fingerprint.of("PAPER-", caseNo + step, 24);
        }

        ObjectNode body() {
            return JsonMapper.shared()
                    .createObjectNode()
                    .put("step", step)
                    .put("centre", centre)
                    .put("paperTime", CityTime.now().format(CityTime.CANONICAL));
        }
    }

    private final URI hub;
    private final SecretFiles secrets;
    private final Set<String> expected = ConcurrentHashMap.newKeySet();
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(DEADLINE)
            .build();
    private final ScheduledExecutorService clerk = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "simulator-centre-mail");
        thread.setDaemon(true);
        return thread;
    });

    CentreMail(URI hub, SecretFiles secrets) {
        this.hub = hub;
        this.secrets = secrets;
    }

    /** The receiving centre posts the paper once the home centre has accepted the case. */
    void post(JsonNode task) {
        Letter letter = new Letter(
                task.path("caseNo").asString(""),
                "posted",
                task.path("receivedAt").asString(""));
        if (expected.add(letter.caseNo())) {
            later(letter, letter.body().toString(), TRIES);
        }
    }

    /** The home centre says that it has what was posted. */
    void expect(JsonNode task) {
        if (task.path("step").asString("").equals("posted")
                && expected.contains(task.path("caseNo").asString(""))) {
            Letter letter = new Letter(
                    task.path("caseNo").asString(""),
                    "arrived",
                    task.path("centre").asString(""));
            later(letter, letter.body().toString(), TRIES);
        }
    }

    private void later(Letter letter, String body, int tries) {
        if (!clerk.isShutdown()) {
            clerk.schedule(() -> say(letter, body, tries), WALK_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private void say(Letter letter, String body, int tries) {
        try {
            HttpRequest request = HttpRequest.newBuilder(hub.resolve("/api/v1/cases/" + letter.caseNo() + "/paper"))
                    .timeout(DEADLINE)
                    .header("Authorization", "Bearer " + secrets.read("acceptance-platform-token"))
                    .header("Idempotency-Key", letter.key())
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(body))
                    .build();
            client.sendAsync(request, BodyHandlers.discarding())
                    .whenComplete(
                            (answer, failure) -> settle(letter, body, tries, answer == null ? 0 : answer.statusCode()));
        } catch (IllegalArgumentException | UncheckedIOException e) {
            LOG.warn("What a centre says of a paper is not sent: {}", e.getMessage());
        }
    }

    private void settle(Letter letter, String body, int tries, int status) {
        if (status / 100 == 2) {
            if (letter.step().equals("arrived")) {
                expected.remove(letter.caseNo());
            }
        } else if (tries > 1) {
            later(letter, body, tries - 1);
        } else {
            LOG.warn("The hub does not take what a centre says of a paper: HTTP {}", status);
        }
    }

    @Override
    public void close() {
        clerk.shutdownNow();
    }
}
