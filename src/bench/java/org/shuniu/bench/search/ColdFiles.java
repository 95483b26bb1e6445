package org.shuniu.bench.search;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Takes a stopped database's files out of the operating system's memory, those of nobody else. */
public final class ColdFiles {

    private static final long WORTH_IT = 64 * 1024;

    private ColdFiles() {}

    public static void drop(Path directory) throws IOException, InterruptedException {
        List<Path> files;
        try (Stream<Path> walked = Files.walk(directory)) {
            files = walked.filter(Files::isRegularFile).toList();
        }
        for (Path file : files) {
            if (Files.size(file) >= WORTH_IT) {
                drop("if=" + file, "iflag=nocache", "count=0");
            }
        }
    }

    private static void drop(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("dd", "status=none"));
        command.addAll(List.of(arguments));
        int code = new ProcessBuilder(command).inheritIO().start().waitFor();
        if (code != 0) {
            throw new IOException("%s ended with %d".formatted(command, code));
        }
    }
}
