package org.shuniu.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes what a run came to beside what it left, and with {@code -Dbench.keep=true} to where the project shows it. */
final class Results {

    private static final Path SHOWN = Path.of("src", "bench", "results").toAbsolutePath();

    private Results() {}

    static void write(String name, String text) throws IOException {
        write(BenchSettings.DIRECTORY, name, text);
        if (Boolean.getBoolean("bench.keep")) {
            write(SHOWN, name, text);
        }
    }

    private static void write(Path directory, String name, String text) throws IOException {
        Files.createDirectories(directory);
        Files.writeString(directory.resolve(name), text);
    }
}
