package org.shuniu.trials;

import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** A broker of the server's own distribution as a process of its own, with the settings of {@code docker/}. */
final class ArtemisServer implements AutoCloseable {

    static final String USER = "shuniu";
    static final String PASSWORD = "the brokers of the trial";

    private static final Path DISTRIBUTION = Path.of("target", "artemis").toAbsolutePath();
    private static final Path SETTINGS = Path.of("docker").toAbsolutePath();
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    private final Path instance;
    private final Path log;
    private Process process;

    /**
     * Makes the directory of a broker that is not started yet.
     *
     * @param pair which of the files of settings makes it one of a pair
     * @param addresses puts the trial's addresses in place of those of docker/
     */
    ArtemisServer(Path instance, String pair, UnaryOperator<String> addresses) {
        this.instance = instance;
        this.log = instance.resolveSibling(instance.getFileName() + ".log");
        create();
        copy("broker.xml", "broker.xml", addresses);
        copy(pair, "pair.properties", addresses);
    }

    private void create() {
        List<String> command = List.of(
                home().resolve("bin/artemis").toString(),
                "create",
                instance.toString(),
                "--silent",
                "--user=" + USER,
                "--password=" + PASSWORD,
                "--require-login",
                "--no-web",
                "--no-autotune");
        process = begin(command);
        awaitEnd();
        if (process.exitValue() != 0) {
            throw new AssertionError("The broker's directory can't be made; see " + log);
        }
    }

    /** The server's distribution, unpacked. */
    static Path home() {
        try (Stream<Path> found = Files.list(DISTRIBUTION)) {
            return found.findFirst().orElseThrow();
        } catch (IOException missing) {
            throw new UncheckedIOException("mvn -Ptrials unpacks the broker's distribution there", missing);
        }
    }

    private void copy(String file, String as, UnaryOperator<String> addresses) {
        try {
            Files.writeString(
                    instance.resolve("etc").resolve(as), addresses.apply(Files.readString(SETTINGS.resolve(file))));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private Process begin(List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(new File(log.toString())));
        builder.environment().put("ARTEMIS_PASSWORD", PASSWORD);
        builder.environment().put("JAVA_ARGS_APPEND", "-Xms64m -Xmx512m -XX:TieredStopAtLevel=1");
        try {
            Files.createDirectories(log.getParent());
            return builder.start();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Starts it and does not wait. */
    void start() {
        process = begin(List.of(
                instance.resolve("bin/artemis").toString(),
                "run",
                "--properties=" + instance.resolve("etc/pair.properties")));
    }

    /** What kill -9 does. */
    void kill() {
        process.destroyForcibly();
        awaitEnd();
    }

    void pause() {
        PostgresServer.run("kill", "-STOP", Long.toString(process.pid()));
    }

    void resume() {
        PostgresServer.run("kill", "-CONT", Long.toString(process.pid()));
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Waits until it has said a word so often, by the broker's own codes of what it tells. */
    void awaitSaid(String code, int times) {
        await().alias("%s has said %s %d time(s)".formatted(instance.getFileName(), code, times))
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(100))
                .until(() -> {
                    if (!process.isAlive()) {
                        throw new AssertionError("The broker ended; its log: " + log);
                    }
                    return said(code) >= times;
                });
    }

    int said(String code) {
        try (Stream<String> lines = Files.lines(log)) {
            return (int) lines.filter(line -> line.contains(code)).count();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private void awaitEnd() {
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError("The broker does not end; its log: " + log);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    @Override
    public void close() {
        if (process != null && process.isAlive()) {
            process.destroy();
            awaitEnd();
        }
    }
}
