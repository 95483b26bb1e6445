package org.shuniu.scenario;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A directory in which somebody works with programs, openssl above all. */
abstract class ShellFolder {

    /** How a program ended, and what it said. */
    record Said(int code, String out, String err) {}

    private final Path directory;

    ShellFolder(Path directory) {
        this.directory = directory;
        try {
            Files.createDirectories(directory);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    Path path(String file) {
        return directory.resolve(file);
    }

    String read(String file) {
        try {
            return Files.readString(path(file));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    void write(String file, String text) {
        try {
            Files.writeString(path(file), text);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    void openssl(String arguments) {
        List<String> command = new ArrayList<>(List.of("openssl"));
        command.addAll(List.of(arguments.split(" ")));
        run(command);
    }

    /** Runs a program that must end well. */
    void run(List<String> command) {
        Said said = run(Map.of(), command);
        if (said.code() != 0) {
            throw new AssertionError(String.join(" ", command) + ": " + said);
        }
    }

    Said run(Map<String, String> environment, List<String> command) {
        return run(directory, environment, command);
    }

    static Said run(Path directory, Map<String, String> environment, List<String> command) {
        try {
            Path out = Files.createTempFile(directory, "run", ".out");
            Path err = Files.createTempFile(directory, "run", ".err");
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile());
            builder.environment().putAll(environment);
            Process process = builder.start();
            if (!process.waitFor(10, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                throw new AssertionError("%s does not end: %s".formatted(command, Files.readString(err)));
            }
            Said said = new Said(
                    process.exitValue(),
                    Files.readString(out, StandardCharsets.UTF_8),
                    Files.readString(err, StandardCharsets.UTF_8));
            Files.delete(out);
            Files.delete(err);
            return said;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }
}
