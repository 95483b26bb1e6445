package org.shuniu.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
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
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.shuniu.document.CaseTimes;
import org.shuniu.packaged.Workplace;
import org.springframework.util.FileSystemUtils;
import tools.jackson.databind.json.JsonMapper;

/** Runs the commands of the Dockerfile as plain processes, if the tests themselves run on the Java that it names. */
class DockerfileTrial {

    private static final Path IMAGE = Path.of("/shuniu");
    private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin");
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final Dockerfile dockerfile = new Dockerfile();
    private final HttpClient client = HttpClient.newHttpClient();
    private final Map<String, Integer> ports = Workplace.freePorts();
    private final int port = ports.get("server.port");
    private final List<Process> processes = new ArrayList<>();

    @TempDir
    Path directory;

    @AfterEach
    void stop() {
        processes.forEach(Process::destroy);
        processes.forEach(DockerfileTrial::exit);
    }

    @Test
    void trainsAndStartsAHubThatDeliversAndEndsCleanly() throws Exception {
        assumeThat(Runtime.version().feature()).isEqualTo(dockerfile.javaVersion());
        prepare();

        // Given what the stage of training leaves in the image
        Process training = run("training", Map.of(), List.of("sh", "-c", dockerfile.only("training", "RUN")));
        assertThat(exit(training)).as(output("training")).isZero();
        String[] copied = dockerfile.only(Dockerfile.IMAGE, "COPY").split(" ");
        Files.move(directory.resolve(IMAGE.relativize(Path.of(copied[1]))), directory.resolve(copied[2]));
        FileSystemUtils.deleteRecursively(data());
        Files.createDirectory(data());

        // Then the image's own command refuses to start without its settings
        String[] profile = dockerfile.only(Dockerfile.IMAGE, "ENV").split("=");
        Process bare = run("bare", Map.of(profile[0], profile[1]), dockerfile.entrypoint());
        assertThat(exit(bare)).isEqualTo(1);
        assertThat(output("bare")).contains("shuniu.database.url", "shuniu.secrets-dir");

        // And starts the demo, which would end at once if it could not read the archive
        Process hub = run("hub", Map.of("JDK_JAVA_OPTIONS", "-Xshare:on -Xmx400m"), dockerfile.entrypoint());
        await().atMost(PATIENCE).until(() -> {
            assertThat(hub.isAlive()).as(output("hub")).isTrue();
            return output("hub").contains("Shuniu is ready");
        });
        await().atMost(PATIENCE).until(this::isHealthy);
        String caseNo = accepted();
        await().atMost(PATIENCE).until(() -> read("/api/v1/cases/" + caseNo).contains("\"status\":\"60\""));
        hub.destroy();
        exit(hub);
        assertThat(data().resolve("postgres")).isDirectory();
        assertThat(data().resolve("postgres/postmaster.pid")).doesNotExist();
        assertThat(isHealthy()).isFalse();
    }

    /** What the image's stage {@code hub} holds. */
    private void prepare() throws IOException {
        Workplace.prepare(directory);
        Files.copy(Path.of("target/shuniu.jar"), directory.resolve("shuniu.jar"));
        Path lib = Files.createDirectory(directory.resolve("lib"));
        Files.createDirectory(data());
        try (Stream<Path> libraries = Files.list(Path.of("target/lib"))) {
            for (Path library : libraries.toList()) {
                Files.copy(library, lib.resolve(library.getFileName()));
            }
        }
    }

    private Path data() {
        return directory.resolve("data");
    }

    private Process run(String name, Map<String, String> environment, List<String> command) throws IOException {
        ProcessBuilder process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log(name).toFile());
        process.environment().put("PATH", JAVA + ":" + System.getenv("PATH"));
        // The commands name no settings; other hubs may run beside this one.
        process.environment().put("SPRING_APPLICATION_JSON", JsonMapper.shared().writeValueAsString(ports));
        process.environment().put("SHUNIU_SIMULATOR_PROVINCE_ENABLED", "false");
        process.environment().putAll(environment);
        // Java itself is looked for in the path of whoever starts it.
        if (command.get(0).equals("java")) {
            process.command().set(0, JAVA.resolve("java").toString());
        }
        Process started = process.start();
        processes.add(started);
        return started;
    }

    private static int exit(Process process) {
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError(
                        "%s does not end".formatted(process.info().commandLine()));
            }
            return process.exitValue();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    private boolean isHealthy() throws IOException {
        List<String> command = dockerfile.healthcheck().stream()
                .map(word -> word.replace("/8080 ", "/%d ".formatted(port)))
                .toList();
        assertThat(command).isNotEqualTo(dockerfile.healthcheck());
        return exit(run("health", Map.of(), command)) == 0;
    }

    private String accepted() throws Exception {
        String application = """
                {"itemCode":"312000250000","applicationTime":"%s","channel":"2","applicant":{"type":"1","name":"测试甲",\
                "idType":"111","idNumber":"11010519491231002X","division":"310101002"}}""".formatted(CaseTimes.write(OffsetDateTime.now()));
        HttpResponse<String> receipt = client.send(
                request("/api/v1/applications")
                        .header("Idempotency-Key", UUID.randomUUID().toString())
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(application))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(receipt.statusCode()).as(receipt.body()).isEqualTo(202);
        return JsonMapper.shared().readTree(receipt.body()).path("caseNo").stringValue();
    }

    private String read(String path) throws Exception {
        return client.send(request(path).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    private HttpRequest.Builder request(String path) throws IOException {
        String token = Files.readString(data().resolve("secrets/acceptance-platform-token"))
                .strip();
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d%s".formatted(port, path)))
                .header("Authorization", "Bearer " + token);
    }

    private Path log(String name) {
        return directory.resolve(name + ".log");
    }

    private String output(String name) {
        try {
            return Files.readString(log(name));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
