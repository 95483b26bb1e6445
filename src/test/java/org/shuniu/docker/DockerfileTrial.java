package org.shuniu.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.shuniu.document.CaseTimes;
import org.shuniu.packaged.LiveDirectory;
import org.shuniu.packaged.Workplace;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Runs the commands of the Dockerfile to the letter, as plain processes if the tests themselves run on the Java that it names. */
class DockerfileTrial {

    private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin");
    private static final Path IMAGE = Path.of("/shuniu");
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final Dockerfile dockerfile = new Dockerfile();
    private final HttpClient client = HttpClient.newHttpClient();
    private final int port = Workplace.freePort();

    @TempDir
    Path directory;

    @Test
    void trainsAndStartsAHubThatDeliversAndEndsCleanly() throws Exception {
        assumeThat(Runtime.version().feature()).isEqualTo(dockerfile.javaVersion());
        prepare();

        // Given what the stage of training leaves behind
        assertThat(run("training", Map.of(), List.of("sh", "-c", dockerfile.only("training", "RUN")))
                        .waitFor())
                .isZero();
        String[] copied = dockerfile.only("", "COPY").split(" ");
        Files.copy(directory.resolve(IMAGE.relativize(Path.of(copied[1]))), directory.resolve(copied[2]));

        // Then the image's own command refuses to start without its settings
        String[] profile = dockerfile.only("", "ENV").split("=");
        Process bare = run("bare", Map.of(profile[0], profile[1]), dockerfile.entrypoint());
        assertThat(bare.waitFor()).isEqualTo(1);
        assertThat(output("bare")).contains("shuniu.database.url", "shuniu.secrets-dir");

        // And starts the demo, which would end at once if it could not read the archive
        Process hub = run("hub", Map.of("JDK_JAVA_OPTIONS", "-Xshare:on"), dockerfile.entrypoint());
        try {
            await().atMost(PATIENCE).until(() -> {
                assertThat(hub.isAlive()).as(output("hub")).isTrue();
                return output("hub").contains("Shuniu is ready");
            });
            assertThat(healthy()).isTrue();
            String caseNo = accepted();
            await().atMost(PATIENCE).until(() -> read("/api/v1/cases/" + caseNo).contains("\"status\":\"60\""));
            hub.destroy();
            assertThat(hub.waitFor(1, TimeUnit.MINUTES)).isTrue();
            assertThat(directory.resolve("data/postgres/postmaster.pid")).doesNotExist();
            assertThat(healthy()).isFalse();
        } finally {
            hub.destroy();
        }
    }

    /** What the image's stage {@code hub} holds. */
    private void prepare() throws IOException {
        Workplace.prepare(directory);
        Files.copy(Path.of("target/shuniu.jar"), directory.resolve("shuniu.jar"), StandardCopyOption.COPY_ATTRIBUTES);
        Files.createDirectory(directory.resolve("lib"));
        Files.createDirectory(directory.resolve("data"));
        for (Path library : LiveDirectory.files(Path.of("target/lib"))) {
            Files.copy(
                    library,
                    directory.resolve("lib").resolve(library.getFileName()),
                    StandardCopyOption.COPY_ATTRIBUTES);
        }
    }

    private Process run(String name, Map<String, String> environment, List<String> command) throws IOException {
        ProcessBuilder process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve(name + ".log").toFile());
        process.environment().put("PATH", JAVA + ":" + System.getenv("PATH"));
        process.environment().put("SPRING_APPLICATION_JSON", ports());
        process.environment().putAll(environment);
        // Java itself is looked for in the path of whoever starts it.
        if (command.get(0).equals("java")) {
            process.command().set(0, JAVA.resolve("java").toString());
        }
        return process.start();
    }

    /** Other hubs may run beside this one. */
    private String ports() {
        return """
            {"server.port":%d,"shuniu.exchange.port":%d,"shuniu.simulator.port":%d,"shuniu.simulator.sftp.port":%d,\
            "shuniu.simulator.listeners.archives":%d,"shuniu.simulator.listeners.smpp":%d,\
            "shuniu.simulator.province.enabled":false}""".formatted(
                        port,
                        Workplace.freePort(),
                        Workplace.freePort(),
                        Workplace.freePort(),
                        Workplace.freePort(),
                        Workplace.freePort());
    }

    private boolean healthy() throws Exception {
        List<String> command = dockerfile.healthcheck().stream()
                .map(word -> word.replace("/8080 ", "/%d ".formatted(port)))
                .toList();
        assertThat(command).isNotEqualTo(dockerfile.healthcheck());
        return run("health", Map.of(), command).waitFor() == 0;
    }

    private String accepted() throws Exception {
        String application = """
                {"itemCode":"312000250000","applicationTime":"%s","channel":"2","applicant":{"type":"1","name":"测试甲",\
                "idType":"111","idNumber":"11010519491231002X","division":"310101002"}}""".formatted(CaseTimes.write(OffsetDateTime.now()));
        HttpResponse<String> receipt = client.send(
                request("/api/v1/applications")
                        .header("Idempotency-Key", "application-of-the-image")
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(application))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(receipt.statusCode()).as(receipt.body()).isEqualTo(202);
        JsonNode told = JsonMapper.shared().readTree(receipt.body());
        return told.path("caseNo").stringValue();
    }

    private String read(String path) throws Exception {
        return client.send(request(path).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    private HttpRequest.Builder request(String path) throws IOException {
        String token = Files.readString(directory.resolve("data/secrets/acceptance-platform-token"))
                .strip();
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d%s".formatted(port, path)))
                .header("Authorization", "Bearer " + token);
    }

    private String output(String name) throws IOException {
        return Files.readString(directory.resolve(name + ".log"));
    }
}
