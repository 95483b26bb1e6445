package org.shuniu.trials;

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
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.shuniu.packaged.Workplace;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The packaged hub as a process that can be killed, started again and looked at from outside.
 *
 * <p>Its routes are copies in which waits of hours last seconds; every start writes a log of its own.
 */
final class HubProcess implements AutoCloseable {

    static final Path JAR = Path.of("target", "shuniu.jar").toAbsolutePath();
    private static final Duration PATIENCE = Duration.ofSeconds(300);

    /** The compiler's second stage costs a process that lives for a minute more than it gives; at greater lengths it pays. */
    private static final List<String> EASY_ON_THE_MACHINE = List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx400m",
            "-XX:+UseSerialGC",
            Trial.SCALE < 0.5 ? "-XX:TieredStopAtLevel=1" : "-XX:+TieredCompilation");

    private final Path directory;
    private final List<String> jvm;
    private final int port = Workplace.freePort();
    private final int databasePort = Workplace.freePort();
    private final Map<String, String> settings = new LinkedHashMap<>();
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();
    private Process process;
    private Path jar = JAR;
    private Path logs;
    private Path log;
    private int starts;
    private Instant began;
    private Duration longestStart = Duration.ZERO;

    /** @param jvm options of every start without an agent, which JDK 17 does not bear beside an archive of classes */
    HubProcess(Path directory, String departments, String... jvm) {
        this.directory = directory;
        this.logs = directory;
        this.jvm = List.of(jvm);
        Workplace.prepare(directory);
        edit("schedule: \\[.*]", "schedule: [0s, " + "1s, ".repeat(200) + "1s]");
        edit("deadline: .*", "deadline: 3s");
        edit("probe-every: 5s", "probe-every: 1s");
        set("server.port", Integer.toString(port));
        set("shuniu.database.port", Integer.toString(databasePort));
        set("shuniu.simulator.enabled", "false");
        set("shuniu.exchange.enabled", "false");
        set("shuniu.simulator.address", departments);
        set("shuniu.delivery.send-lease", "5s");
        set("shuniu.delivery.claim-margin", "3s");
    }

    /** Gives every later start another version of the hub. */
    void version(Path other) {
        jar = other;
    }

    /** Gives every later start another directory for what it says. */
    void logs(Path other) {
        logs = other;
    }

    /** Gives every later start a setting. */
    void set(String name, String value) {
        settings.put(name, value);
    }

    /** Leaves a setting out of every later start. */
    void unset(String name) {
        settings.remove(name);
    }

    /** Changes what stands in the partners' configurations. */
    void edit(String pattern, String replacement) {
        edit("", pattern, replacement);
    }

    /** Changes what stands in one partner's configuration. */
    void edit(String partner, String pattern, String replacement) {
        try (Stream<Path> files = Files.walk(directory.resolve("routes"))) {
            for (Path file : files.filter(file -> file.endsWith("partner.yaml")).toList()) {
                if (file.toString().contains(partner)) {
                    Files.writeString(file, Files.readString(file).replaceAll(pattern, replacement));
                }
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    void start(String... jvm) {
        run(jvm);
        awaitReady();
    }

    void awaitReady() {
        await().alias("hub ready")
                .pollInterval(Duration.ofMillis(50))
                .atMost(PATIENCE)
                .until(() -> {
                    if (!process.isAlive()) {
                        throw new AssertionError("The hub ended while it started; its log: " + log);
                    }
                    return output().contains(lastWordOfAStart());
                });
        Duration took = Duration.between(began, Instant.now());
        longestStart = took.compareTo(longestStart) > 0 ? took : longestStart;
    }

    /** Only the demo, with its embedded parts, welcomes whoever started it. */
    private String lastWordOfAStart() {
        return "false".equals(settings.get("shuniu.database.embedded"))
                ? "Started ShuniuApplication"
                : "Shuniu is ready";
    }

    /** Starts it and does not wait. */
    void run(String... more) {
        List<String> command = new ArrayList<>(EASY_ON_THE_MACHINE);
        // The archive of classes is that of the one jar.
        if (jar.equals(JAR) && Arrays.stream(more).noneMatch(option -> option.startsWith("-javaagent"))) {
            command.addAll(jvm);
        }
        command.addAll(List.of(more));
        command.addAll(List.of("-jar", jar.toString()));
        settings.forEach((name, value) -> command.add("--%s=%s".formatted(name, value)));
        log = logs.resolve("hub-%03d.log".formatted(++starts));
        began = Instant.now();
        try {
            process = new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Runs one of the jar's commands beside the hub, in its directory and with its settings. */
    Process command(String name) throws IOException {
        List<String> command = new ArrayList<>(EASY_ON_THE_MACHINE);
        command.addAll(jvm);
        command.addAll(List.of("-jar", JAR.toString(), name));
        settings.forEach((setting, value) -> command.add("--%s=%s".formatted(setting, value)));
        return new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start();
    }

    /** What kill -9 does; the embedded database server lives on, as it would. */
    void kill() {
        process.destroyForcibly();
        awaitEnd();
    }

    /** Stops it wherever it is; nothing in it notices, and what it holds it goes on holding. */
    void pause() {
        PostgresServer.run("kill", "-STOP", Long.toString(pid()));
    }

    void resume() {
        PostgresServer.run("kill", "-CONT", Long.toString(pid()));
    }

    /** What SIGTERM does. */
    int terminate() {
        process.destroy();
        return awaitEnd();
    }

    /** Waits for the end of the process and returns its exit code. */
    int awaitEnd() {
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError("The hub does not end; its log: " + log);
            }
            return process.exitValue();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    boolean isAlive() {
        return process != null && process.isAlive();
    }

    long pid() {
        return process.pid();
    }

    String output() {
        try {
            return Files.readString(log);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    String address() {
        return "http://127.0.0.1:" + port;
    }

    int databasePort() {
        return databasePort;
    }

    Path directory() {
        return directory;
    }

    Path data() {
        return directory.resolve("data");
    }

    int starts() {
        return starts;
    }

    /** When this process was started. */
    Instant began() {
        return began;
    }

    Duration longestStart() {
        return longestStart;
    }

    String secret(String name) {
        try {
            return Files.readString(data().resolve("secrets").resolve(name)).strip();
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }

    JsonNode operatorSees(String path) {
        return JsonMapper.shared()
                .readTree(send(request("/ops/v1" + path).header("Authorization", "Bearer " + secret("operator-token")))
                        .body());
    }

    HttpResponse<String> operate(String path, String body) {
        return send(request("/ops/v1" + path)
                .header("Authorization", "Bearer " + secret("operator-token"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    /** What an engineer says to the hub of its configuration; to check all files takes its time under load. */
    HttpResponse<String> engineer(String path, String body) {
        return send(HttpRequest.newBuilder(URI.create(address() + "/ops/v1/swap" + path))
                .timeout(PATIENCE)
                .header("Authorization", "Bearer " + secret("engineer-token"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    String metrics() {
        return send(request("/actuator/prometheus").header("Authorization", "Bearer " + secret("operator-token")))
                .body();
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(address() + path)).timeout(Duration.ofSeconds(30));
    }

    HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    @Override
    public void close() {
        if (isAlive()) {
            terminate();
        }
    }
}
