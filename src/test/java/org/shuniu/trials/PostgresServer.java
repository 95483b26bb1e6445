package org.shuniu.trials;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The embedded database's server, taken hold of from outside: paused, ended and started behind the hub's back. */
final class PostgresServer {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Path directory;
    private final HubDatabase database;

    PostgresServer(Path directory, HubDatabase database) {
        this.directory = directory;
        this.database = database;
    }

    private long pid() {
        try {
            return Long.parseLong(Files.readAllLines(directory.resolve("postmaster.pid"))
                    .get(0)
                    .strip());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Ends a server whose hub was killed and did not come back. */
    void endIfLeftBehind() {
        if (Files.exists(directory.resolve("postmaster.pid"))) {
            ProcessHandle.of(pid())
                    .filter(process -> process.info().command().orElse("").contains("postgres"))
                    .ifPresent(process -> run("kill", "-INT", Long.toString(process.pid())));
        }
    }

    /** Stops the server and its children in the middle of what they do. */
    void pause() {
        signalAll("-STOP");
    }

    void resume() {
        signalAll("-CONT");
    }

    private void signalAll(String signal) {
        ProcessHandle postmaster = ProcessHandle.of(pid()).orElseThrow();
        try (Stream<ProcessHandle> children = postmaster.descendants()) {
            List<String> pids = new ArrayList<>(List.of(Long.toString(postmaster.pid())));
            children.forEach(child -> pids.add(Long.toString(child.pid())));
            pids.forEach(pid -> run("kill", signal, pid));
        }
    }

    /** Ends the server at once, leaves it away for a while and starts it again as it was started before. */
    void restart(Duration away) {
        ProcessHandle postmaster = ProcessHandle.of(pid()).orElseThrow();
        List<String> command = started();
        run("kill", "-INT", Long.toString(postmaster.pid()));
        await().atMost(PATIENCE).until(() -> !postmaster.isAlive());
        Crashes.live(away);
        try {
            new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(
                            directory.resolveSibling("postgres-restarted.log").toFile())
                    .start();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        await().atMost(PATIENCE).ignoreExceptions().until(() -> database.count("select 1") == 1);
    }

    /** PostgreSQL writes down how it was started; it does not run as root, so root gives it a name space of its own. */
    private List<String> started() {
        try {
            String options =
                    Files.readString(directory.resolve("postmaster.opts")).strip();
            List<String> command = new ArrayList<>();
            if ("root".equals(System.getProperty("user.name"))) {
                command.addAll(List.of("unshare", "-U"));
            }
            for (String word : options.split(" ")) {
                command.add(word.replace("\"", ""));
            }
            return command;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    static void run(String... command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String said = new String(process.getInputStream().readAllBytes());
            if (!process.waitFor(20, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new AssertionError("%s failed: %s".formatted(List.of(command), said));
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }
}
