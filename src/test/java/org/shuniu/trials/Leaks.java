package org.shuniu.trials;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.shuniu.packaged.LiveDirectory;

/** I7: no log holds a name, an identity number or a telephone of the trial's applicants. */
final class Leaks {

    /** A hash in hexadecimal digits may hold the digits of a telephone. */
    private static final Pattern PERSONAL =
            Pattern.compile(Seed.NAME_START + "|310101(?:19|20)\\d{9}[\\dX]|(?<![0-9a-f])1390\\d{7}(?![0-9a-f])");

    private final Path directory;

    Leaks(Path directory) {
        this.directory = directory;
    }

    List<String> found(Map<String, Object> counts) {
        List<String> found = new ArrayList<>();
        long lines = 0;
        for (Path log : logs()) {
            for (String line : text(log).split("\n")) {
                lines++;
                if (PERSONAL.matcher(line).find()) {
                    found.add("I7: %s tells personal data".formatted(directory.relativize(log)));
                    break;
                }
            }
        }
        counts.put("log lines searched", lines);
        return found;
    }

    private List<Path> logs() {
        return LiveDirectory.files(directory).stream()
                .filter(file -> file.toString().matches(".*(\\.log|/log/.*|\\.out|\\.err)"))
                .toList();
    }

    private static String text(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
