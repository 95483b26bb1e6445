package org.shuniu.mapping;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.shuniu.fault.Fault;
import org.shuniu.fault.YamlLines;

/** Collects what is wrong with the mappings of one partner, so that all is told at once. */
final class Faults {

    private final Path directory;
    private final List<Fault> found = new ArrayList<>();
    private final @Nullable YamlLines lines;

    /** @param directory of the partner's mappings */
    Faults(Path directory) {
        this(directory, null);
    }

    /** @param lines of the text that is looked at, where it is not in its file yet */
    Faults(Path directory, @Nullable YamlLines lines) {
        this.directory = directory;
        this.lines = lines;
    }

    /** In a YAML file; the message is as {@link Fault#of} reads it. */
    void add(String file, List<Object> path, String place, String message) {
        Path at = directory.resolve(file);
        found.add(
                lines == null
                        ? Fault.ofPath(at, path, place, message)
                        : Fault.of(at, lines.line(path), place, message));
    }

    /** Where what stands in a YAML file is; of one that can't be read nobody knows. */
    YamlLines lines(String file) {
        if (lines != null) {
            return lines;
        }
        try {
            return YamlLines.of(Files.readString(directory.resolve(file)));
        } catch (IOException unreadable) {
            return YamlLines.of("");
        }
    }

    /** In a line of a file, or in none where it is 0. */
    void add(String file, long line, String message) {
        found.add(Fault.of(directory.resolve(file), line, "", message));
    }

    /** In a line of a file, at a place of it. */
    void add(String file, long line, String place, String reason, String cure) {
        found.add(new Fault(directory.resolve(file).toString(), line, place, reason, cure));
    }

    void add(Fault fault) {
        found.add(fault);
    }

    /** Whether anything is said of a place. */
    boolean names(String file, String place) {
        String path = directory.resolve(file).toString();
        return found.stream()
                .anyMatch(fault -> fault.file().equals(path) && fault.place().equals(place));
    }

    List<Fault> found() {
        return List.copyOf(found);
    }
}
