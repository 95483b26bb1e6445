package org.shuniu.packaged;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.shuniu.document.CaseTimes;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The jar as users start it. */
class PackagedHubIT {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Pattern CURL = Pattern.compile(
            "(?m)^ *curl -i (\\S+) -H 'Authorization: Bearer (\\S+)' -H 'Idempotency-Key: (\\S+)' -H 'Content-Type: application/json' -d '(.*)'$");
    private static final int APPLICATIONS = 200;

    private final HttpClient client = HttpClient.newHttpClient();

    @TempDir
    Path directory;

    @Test
    void answersTheCurlLineThatItPrintsAndEndsCleanly() throws Exception {
        try (JarProcess hub = new JarProcess(directory)) {
            hub.start("--shuniu.simulator.traffic.enabled=false");
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> CURL.matcher(hub.output()).find());
            Matcher curl = CURL.matcher(hub.output());
            assertThat(curl.find()).isTrue();

            HttpResponse<String> receipt = post(curl.group(1), curl.group(2), curl.group(3), curl.group(4));

            assertThat(receipt.statusCode()).isEqualTo(202);
            String caseNo = JSON.readTree(receipt.body()).path("caseNo").stringValue();
            await().atMost(Duration.ofSeconds(120))
                    .until(() -> get(hub.hub() + "/api/v1/cases/" + caseNo, curl.group(2))
                            .contains("\"status\":\"60\""));
            hub.end();
            assertThat(directory.resolve("data/postgres/postmaster.pid")).doesNotExist();
        }
    }

    @Test
    void losesAndDoublesNothingWhenItIsKilledUnderLoad() throws Exception {
        try (JarProcess hub = new JarProcess(directory)) {
            hub.start("--shuniu.simulator.traffic.enabled=false");
            String token = secret("acceptance-platform-token");

            // Given applications of three departments, the process killed while they travel
            List<String[]> sheets = sheets();
            List<String> receipts = new ArrayList<>();
            for (String[] sheet : sheets.subList(0, APPLICATIONS / 2)) {
                receipts.add(post(hub.hub() + "/api/v1/applications", token, sheet[0], sheet[1])
                        .body());
            }
            hub.kill();
            hub.start("--shuniu.simulator.traffic.enabled=false");

            // When the platform sends everything again, old and new
            List<String> again = new ArrayList<>();
            for (String[] sheet : sheets) {
                again.add(post(hub.hub() + "/api/v1/applications", token, sheet[0], sheet[1])
                        .body());
            }

            // Then every receipt is the one it was, every case is decided, and no ledger shows a message twice
            assertThat(again.subList(0, receipts.size())).isEqualTo(receipts);
            for (String receipt : again) {
                String caseNo = JSON.readTree(receipt).path("caseNo").stringValue();
                await().atMost(Duration.ofSeconds(120))
                        .until(() -> get(hub.hub() + "/api/v1/cases/" + caseNo, token)
                                .contains("\"status\":\"60\""));
            }
            List<String> effects = effects("economy", "healthcare-security", "disabled-federation");
            assertThat(effects).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(messages(again));
            assertThat(effects("acceptance-platform")).doesNotHaveDuplicates();
        }
    }

    @Test
    void refusesToRunProductionOnDemoSettingsAndNamesEachOfThem() {
        try (JarProcess hub = new JarProcess(directory)) {
            hub.run("--spring.profiles.active=production");

            assertThat(hub.exit()).isEqualTo(1);
            assertThat(hub.output())
                    .contains("shuniu.public-url", "shuniu.database.url", "shuniu.database.username")
                    .contains("spring.artemis.broker-url", "shuniu.partners.economy.address")
                    .contains("secret master-key", "secret broker-password", "secret economy-client-secret");
            assertThat(directory.resolve("data/postgres")).doesNotExist();
        }
    }

    @Test
    void isTheOnlyJarOfItsKind() throws IOException {
        try (Stream<Path> files = Files.list(JarProcess.JAR.getParent())) {
            assertThat(files.map(file -> file.getFileName().toString()).filter(name -> name.matches("shuniu.*\\.jar")))
                    .containsExactly("shuniu.jar");
        }
    }

    private static List<String[]> sheets() {
        String[] items = {"312000250000", "312000237000", "312000660000"};
        List<String[]> sheets = new ArrayList<>();
        for (int i = 0; i < APPLICATIONS; i++) {
            sheets.add(new String[] {
                UUID.randomUUID().toString(),
                """
                {"itemCode":"%s","applicationTime":"%s","channel":"2","applicant":{"type":"1","name":"测试甲",\
                "idType":"111","idNumber":"11010519491231002X","division":"310101002"}}""".formatted(items[i % items.length], CaseTimes.write(OffsetDateTime.now()))
            });
        }
        return sheets;
    }

    private static List<String> messages(List<String> receipts) {
        return receipts.stream()
                .map(receipt -> JSON.readTree(receipt).path("messageId").stringValue())
                .toList();
    }

    private List<String> effects(String... partners) throws IOException {
        List<String> effects = new ArrayList<>();
        for (String partner : partners) {
            effects.addAll(Files.readAllLines(directory.resolve("data/ledger/" + partner + ".jsonl")).stream()
                    .map(JSON::readTree)
                    .map((JsonNode effect) -> effect.path("messageId").stringValue())
                    .collect(Collectors.toList()));
        }
        return effects;
    }

    private String secret(String name) throws IOException {
        return Files.readString(directory.resolve("data/secrets").resolve(name)).strip();
    }

    private HttpResponse<String> post(String address, String token, String key, String body) throws Exception {
        return client.send(
                HttpRequest.newBuilder(URI.create(address))
                        .header("Authorization", "Bearer " + token)
                        .header("Idempotency-Key", key)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private String get(String address, String token) throws Exception {
        return client.send(
                        HttpRequest.newBuilder(URI.create(address))
                                .header("Authorization", "Bearer " + token)
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
    }
}
