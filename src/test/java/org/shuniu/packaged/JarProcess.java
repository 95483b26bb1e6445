package org.shuniu.packaged;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The packaged jar as a process of its own, in a directory that holds nothing but copies of routes and mappings. */
final class JarProcess implements AutoCloseable {

    static final Path JAR = Path.of("target", "shuniu.jar").toAbsolutePath();

    private static final Duration PATIENCE = Duration.ofSeconds(120);

    private final Path directory;
    private final Path output;
    private final int port = freePort();
    private final int simulatorPort = freePort();
    private Process process;

    JarProcess(Path directory) {
        this(directory, "output.log");
    }

    /** @param output the file in the directory that takes what the process prints */
    JarProcess(Path directory, String output) {
        this.directory = directory;
        this.output = directory.resolve(output);
        copy("routes");
        copy("mappings");
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
        List<String> arguments =
                new ArrayList<>(List.of("--server.port=" + port, "--shuniu.simulator.port=" + simulatorPort));
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
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx400m",
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
        return "http://127.0.0.1:" + port;
    }

    String simulators() {
        return "http://127.0.0.1:" + simulatorPort;
    }

    Path directory() {
        return directory;
    }

    private void copy(String folder) {
        Path from = Path.of(folder);
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path to = directory.resolve(folder).resolve(from.relativize(file));
                Files.createDirectories(to.getParent());
                Files.copy(file, to, StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException none) {
            throw new UncheckedIOException(none);
        }
    }

    @Override
    public void close() {
        if (process != null && process.isAlive()) {
            end();
        }
    }
}
