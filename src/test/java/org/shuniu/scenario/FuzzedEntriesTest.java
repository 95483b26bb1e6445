package org.shuniu.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.shuniu.fuzz.Mutation;

/**
 * H42 against a running hub: spoilt documents, callbacks and addresses are taken or refused, never failed at; what is kept of them is read
 * or waits for a person, and a good application goes its way afterwards as before.
 *
 * <p>{@code -Dfuzz.requests} sends as many as it says, from number {@code -Dfuzz.seed} on.
 */
class FuzzedEntriesTest {

    private static final long SEED = Long.getLong("fuzz.seed", 1);
    private static final long REQUESTS = Long.getLong("fuzz.requests", 3_000);

    /** With fewer not every answer has been given. */
    private static final long TELLING = 1_000;

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration LONGEST = Duration.ofSeconds(30);
    private static final String SENDER = "acceptance-platform-token";

    private static final List<byte[]> APPLICATIONS = List.of(
            utf8(Applications.online(Applications.ECONOMY)),
            utf8(Applications.online(Applications.HEALTHCARE, "a")),
            utf8(Applications.atCounter(Applications.GRAIN, ",\"materials\":[{\"name\":\"a\",\"source\":\"3\"}]")));

    /** What some send by themselves. */
    private static final Map<String, List<byte[]>> CALLBACKS = new TreeMap<>(Map.of(
            "economy",
            examples("economy"),
            "civil-affairs",
            examples("civil-affairs"),
            "acceptance-platform",
            examples("acceptance-platform")));

    private static final List<byte[]> ADDRESSES = List.of(
            utf8("/api/v1/cases/SN2026112400000001"),
            utf8("/api/v1/attachments/sha256:" + "ab".repeat(32)),
            utf8("/api/v1/centres/31010100201/waiting?from=1&day=2026-11-24"),
            utf8("/ops/v1/parked?limit=10"),
            utf8("/actuator/health"),
            utf8("/openapi.yaml"),
            utf8("/login?lang=en"));

    @TempDir
    static Path directory;

    private static RunningHub hub;

    private final HttpClient client = HttpClient.newHttpClient();

    @BeforeAll
    static void start() {
        hub = RunningHub.start(directory);
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    private static List<byte[]> examples(String partner) {
        try (Stream<Path> files = Files.list(Path.of("mappings", partner, "examples", "result.in"))) {
            return files.filter(file -> file.toString().contains(".source."))
                    .sorted()
                    .map(FuzzedEntriesTest::read)
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void areTakenOrRefusedAndNothingElse() throws IOException, InterruptedException {
        System.out.printf("fuzz: %d requests from number %d%n", REQUESTS, SEED);
        Map<Integer, Long> statuses = new TreeMap<>();
        for (long number = SEED; number < SEED + REQUESTS; number++) {
            HttpRequest request = request(number);
            int status =
                    client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
            assertThat(status)
                    .as("number %d, %s; -Dfuzz.seed=%d -Dfuzz.requests=1 sends it again", number, request, number)
                    .isBetween(200, 499);
            statuses.merge(status, 1L, Long::sum);
        }
        System.out.printf("fuzz: answers by status %s%n", statuses);

        if (REQUESTS >= TELLING) {
            assertThat(statuses).containsKeys(202, 400, 422);
        }
        hub.awaitStatus(hub.caseOf(Applications.online(Applications.ECONOMY)), "60");
        await().alias("callbacks that are neither read nor parked")
                .atMost(PATIENCE)
                .until(() ->
                        hub.sql().queryForObject("select count(*) from answer where read_at is null", Long.class) == 0);
        assertThat(Files.readString(directory.resolve("hub.log")))
                .doesNotContain("waits for the sweep", "OutOfMemory", "StackOverflow")
                .doesNotContainPattern("Request [0-9a-f-]{36} failed");
    }

    /** Of a kind and a content that its number alone decides. */
    private static HttpRequest request(long number) {
        SplittableRandom random = new SplittableRandom(~number);
        return switch (random.nextInt(4)) {
            case 0, 1 ->
                sender("/api/v1/applications", number)
                        .POST(HttpRequest.BodyPublishers.ofByteArray(Mutation.of(number, APPLICATIONS)))
                        .build();
            case 2 -> {
                List<String> partners = List.copyOf(CALLBACKS.keySet());
                String partner = partners.get(random.nextInt(partners.size()));
                yield hub.request("/callback/v1/" + partner, partner + "-callback-token")
                        .timeout(LONGEST)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofByteArray(Mutation.of(number, CALLBACKS.get(partner))))
                        .build();
            }
            default -> sender(address(number), number).GET().build();
        };
    }

    private static HttpRequest.Builder sender(String path, long number) {
        return hub.request(path, SENDER)
                .timeout(LONGEST)
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", new UUID(SEED, number).toString());
    }

    /** As far as a client can write it; what it cannot is tried by bytes in {@link HostileEntriesTest}. */
    private static String address(long number) {
        StringBuilder path = new StringBuilder("/");
        for (byte one : Mutation.of(number, ADDRESSES)) {
            char letter = (char) (one & 0xFF);
            boolean plain = letter > ' ' && letter < 0x7F && "\"<>\\^`{|}%#[]".indexOf(letter) < 0;
            path.append(plain ? String.valueOf(letter) : "%%%02X".formatted((int) letter));
            if (path.length() > 4_000) {
                break;
            }
        }
        String address = path.substring(path.length() > 1 && path.charAt(1) == '/' ? 1 : 0);
        return isAddress(address) ? address : "/api/v1/cases/none";
    }

    private static boolean isAddress(String address) {
        try {
            return URI.create(hub.address() + address).getHost() != null;
        } catch (IllegalArgumentException unwritable) {
            return false;
        }
    }
}
