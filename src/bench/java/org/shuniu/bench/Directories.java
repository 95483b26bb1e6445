package org.shuniu.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Makes room on the disk: a system that was measured leaves its data behind. */
final class Directories {
    private Directories() {}

    static void empty(Path directory) throws IOException {
        remove(directory);
        Files.createDirectories(directory);
    }

    static void remove(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        List<Path> found;
        try (Stream<Path> walked = Files.walk(directory)) {
            found = walked.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : found) {
            Files.deleteIfExists(path);
        }
    }
}
