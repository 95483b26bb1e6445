package org.shuniu.packaged;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The packaged jar as a process of its own, in a directory that holds nothing but copies of routes and mappings. */
final class JarProcess implements AutoCloseable {

    static final Path JAR = Path.of("target", "shuniu.jar").toAbsolutePath();

    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final Path java;
    private final Path directory;
    private final Path output;
    private final Map<String, Integer> ports = Workplace.freePorts();
    private Process process;

    JarProcess(Path directory) {
        this(directory, "output.log");
    }

    /** @param output the file in the directory that takes what the process prints */
    JarProcess(Path directory, String output) {
        this(directory, output, Path.of(System.getProperty("java.home")));
    }

    /** @param java the home of the JDK that runs it */
    JarProcess(Path directory, String output, Path java) {
        this.java = java;
        this.directory = directory;
        this.output = directory.resolve(output);
        Workplace.prepare(directory);
    }

    /** Starts it and waits until it says that it is ready. */
    void start(String... more) {
        run(more);
        await().alias("ready").atMost(PATIENCE).until(() -> {
            if (!process.isAlive()) {
                throw new AssertionError("the process ended: " + output());
            }
            return output().contains("Shuniu is ready");
        });
    }

    void run(String... more) {
        List<String> arguments = new ArrayList<>();
        ports.forEach((setting, port) -> arguments.add("--%s=%d".formatted(setting, port)));
        if (Arrays.stream(more).noneMatch(setting -> setting.startsWith("--shuniu.simulator.province."))) {
            arguments.add("--shuniu.simulator.province.enabled=false");
        }
        arguments.addAll(List.of(more));
        launch(arguments);
    }

    /** Runs one of the jar's commands to its end; returns the exit code. */
    int command(String... arguments) {
        launch(List.of(arguments));
        return exit();
    }

    private void launch(List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(
                java.resolve("bin").resolve("java").toString(),
                "-Xmx400m",
                // The compiler's second stage costs a process that lives for a minute more than it gives.
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-jar",
                JAR.toString()));
        command.addAll(arguments);
        try {
            process = new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    String output() {
        try {
            return Files.readString(output);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** What kill -9 does. */
    void kill() {
        process.destroyForcibly();
        await().atMost(PATIENCE).until(() -> !process.isAlive());
    }

    /** What Ctrl-C does, as near as a JDK can. */
    int end() {
        process.destroy();
        return exit();
    }

    int exit() {
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError("the process does not end: " + output());
            }
            return process.exitValue();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    String hub() {
        return hub(0);
    }

    /** The hub whose ports are above this one's. */
    String hub(int above) {
        return "http://127.0.0.1:" + (ports.get("server.port") + above);
    }

    ProcessHandle handle() {
        return process.toHandle();
    }

    String simulators() {
        return "http://127.0.0.1:" + ports.get("shuniu.simulator.port");
    }

    Path directory() {
        return directory;
    }

    @Override
    public void close() {
        if (process != null && process.isAlive()) {
            end();
        }
    }
}
