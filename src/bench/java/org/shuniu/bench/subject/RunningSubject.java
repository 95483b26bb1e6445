package org.shuniu.bench.subject;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The process of a system under test, with the database server that it started. */
public final class RunningSubject implements AutoCloseable {

    /** Calls that a system may make to one partner at a time. */
    public static final int CALLS = 16;

    /** What the bench's own programs print when they take applications. */
    public static final String READY = "Ready to be measured";

    private static final Duration START = Duration.ofSeconds(120);
    /** A JVM that was trained writes at its end what it has learnt. */
    private static final Duration END = Duration.ofSeconds(180);

    private static final long LOOK_MILLIS = 20;

    private final Path directory;
    private final int port;
    private final Process process;
    private final Thread onExit;
    private final long began = System.nanoTime();
    private Duration started;

    private RunningSubject(Path directory, int port, Process process) {
        this.directory = directory;
        this.port = port;
        this.process = process;
        this.onExit = new Thread(process::destroy);
        Runtime.getRuntime().addShutdownHook(onExit);
    }

    static RunningSubject start(Program subject, Path directory, int partnersPort) throws IOException {
        Files.createDirectories(directory);
        int port = freePort();
        List<String> command = new ArrayList<>(subject.java());
        command.addAll(subject.prepare(directory, port, partnersPort));
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log(directory).toFile())
                .start();
        RunningSubject running = new RunningSubject(directory, port, process);
        try {
            running.awaitReady(subject);
            return running;
        } catch (IOException | RuntimeException failure) {
            running.close();
            throw failure;
        }
    }

    private void awaitReady(Program subject) throws IOException {
        long end = System.nanoTime() + START.toNanos();
        while (!output().contains(subject.ready())) {
            if (!process.isAlive() || System.nanoTime() > end) {
                throw new IOException("The %s did not start; it printed:%n%s".formatted(subject.label(), output()));
            }
            pause();
        }
        started = Duration.ofNanos(System.nanoTime() - began);
    }

    private static void pause() {
        try {
            Thread.sleep(LOOK_MILLIS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while a system under test started", interrupted);
        }
    }

    private String output() throws IOException {
        return Files.readString(log(directory));
    }

    private static Path log(Path directory) {
        return directory.resolve("output.log");
    }

    public int port() {
        return port;
    }

    /** How long it took from the start of its process until it took cases. */
    public Duration started() {
        return started;
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** What the acceptance platform shows the hub; the other systems ask for nothing. */
    public String token() throws IOException {
        return secret("acceptance-platform-token");
    }

    /** What an operator shows the hub. */
    public String operatorToken() throws IOException {
        return secret("operator-token");
    }

    /** What the demo's operator types at the console. */
    public String consolePassword() throws IOException {
        return secret("console-operator-password");
    }

    /** Where its secrets are. */
    Path secrets() {
        return directory.resolve("data/secrets");
    }

    private String secret(String name) throws IOException {
        Path file = secrets().resolve(name);
        return Files.exists(file) ? Files.readString(file).strip() : "none";
    }

    /** The address of its database. */
    public String databaseUrl() throws IOException {
        return "jdbc:postgresql://127.0.0.1:%s/shuniu?user=postgres"
                .formatted(postmaster().get(3));
    }

    private List<String> postmaster() throws IOException {
        return Files.readAllLines(directory.resolve("data/postgres/postmaster.pid"));
    }

    /** Seconds of processor time so far, its database server included. */
    public double cpuSeconds() throws IOException {
        return ownCpuSeconds() + databaseCpuSeconds();
    }

    /** Seconds of processor time of the database server alone. */
    public double databaseCpuSeconds() throws IOException {
        if (!Files.exists(directory.resolve("data/postgres/postmaster.pid"))) {
            return 0;
        }
        return ProcessHandle.of(Long.parseLong(postmaster().get(0).strip()))
                .map(ProcessCpu::ofTree)
                .orElse(0.0);
    }

    /** Seconds of processor time so far, without its database server's. */
    public double ownCpuSeconds() {
        return ProcessCpu.ofTree(process.toHandle());
    }

    /** A port that nobody listens on now. */
    public static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() throws IOException {
        process.destroy();
        try {
            if (!process.waitFor(END.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IOException("A system under test did not end; its output is in " + log(directory));
            }
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
