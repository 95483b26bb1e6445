package org.shuniu.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Citizens whose channel is stopped while a document of theirs is on its way. */
class InterruptedJourneysTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String CASE = """
            {"status":"14","citizen":{"waitsFor":"correction"},
             "timeline":[{"event":"status","status":"12"},{"event":"status","status":"14"}]}""";

    /** A document as it came. */
    private record Came(String path, String key, String body) {}

    @TempDir
    Path directory;

    private final List<Came> came = new CopyOnWriteArrayList<>();
    private volatile String silentAt = "";
    private HttpServer hub;

    @BeforeEach
    void open() throws IOException {
        Files.writeString(directory.resolve("portal-token"), "made-up");
        hub = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        hub.createContext("/", this::answer);
        hub.start();
    }

    @AfterEach
    void close() {
        hub.stop(0);
    }

    /** Takes everything in, and says so of what is not silent now. */
    private void answer(HttpExchange call) throws IOException {
        String path = call.getRequestURI().getPath();
        if (call.getRequestMethod().equals("GET")) {
            reply(call, 200, CASE);
            return;
        }
        String body = new String(call.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        came.add(new Came(path, call.getRequestHeaders().getFirst("Idempotency-Key"), body));
        boolean silent = !silentAt.isEmpty() && path.endsWith(silentAt);
        reply(call, silent ? 503 : 202, "{\"caseNo\":\"C1\",\"messageId\":\"M%d\"}".formatted(came.size()));
    }

    private static void reply(HttpExchange call, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        call.sendResponseHeaders(status, bytes.length);
        call.getResponseBody().write(bytes);
        call.close();
    }

    @Test
    void sendsAgainByteForByteWhatARestartLeftUnanswered() {
        silentAt = "/supplements";
        try (Journeys journeys = journeys()) {
            journeys.begin(application());
            await().atMost(PATIENCE).until(() -> !sent("/supplements").isEmpty());
        }
        Came before = sent("/supplements").get(0);
        came.clear();
        silentAt = "";

        try (Journeys again = journeys()) {
            again.start();
            await().atMost(PATIENCE).until(() -> steps().contains("supplemented"));
        }

        assertThat(sent("/supplements")).containsOnly(before);
        assertThat(sent("/applications")).isEmpty();
    }

    @Test
    void doesNotSendAgainWhatWasAnswered() {
        silentAt = "/supplements";
        try (Journeys journeys = journeys()) {
            journeys.begin(application());
            await().atMost(PATIENCE).until(() -> steps().contains("read"));
        }
        List<Came> applications = sent("/applications");

        try (Journeys again = journeys()) {
            again.start();
            int before = sent("/supplements").size();
            await().atMost(PATIENCE).until(() -> sent("/supplements").size() > before);
        }

        assertThat(applications).hasSize(1);
        assertThat(sent("/applications")).isEqualTo(applications);
        assertThat(sent("/supplements").stream().distinct()).hasSize(1);
    }

    private List<Came> sent(String ending) {
        return came.stream().filter(one -> one.path().endsWith(ending)).toList();
    }

    private List<String> steps() {
        try {
            return Files.readAllLines(directory.resolve("journeys/portal.jsonl")).stream()
                    .map(line -> JsonMapper.shared().readTree(line).path("step").asString(""))
                    .toList();
        } catch (IOException unreadable) {
            throw new AssertionError(unreadable);
        }
    }

    private Journeys journeys() {
        URI address = URI.create("http://127.0.0.1:" + hub.getAddress().getPort());
        return new Journeys(
                Partner.PORTAL,
                new HubApi(address, new SecretFiles(directory)),
                new NothingToPay(),
                () -> true,
                directory);
    }

    private static ObjectNode application() {
        return JsonMapper.shared()
                .createObjectNode()
                .put("itemCode", "312099061000")
                .put("channel", "2");
    }

    /** A page at which nobody has to pay. */
    private static final class NothingToPay implements Checkout {
        @Override
        public void expect(String caseNo) {
            assertThat(caseNo).isEqualTo("C1");
        }

        @Override
        public Optional<ObjectNode> pay(String caseNo) {
            return Optional.empty();
        }
    }
}
