package org.shuniu.versions;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.shuniu.mapping.Mappings;
import org.shuniu.mapping.MappingsRefused;

/** A folder for as long as something is read from it that is kept as texts: it holds no message. */
public final class ScratchFolder {

    private static final String CANONICAL = "canonical";

    private ScratchFolder() {}

    /**
     * Reads the mappings of one partner.
     *
     * @param texts by their paths in the partner's folder, such as {@code codes/id-type.csv}
     * @param mappings the folder with the canonical schemas
     * @throws MappingsRefused with every fault; each names its file as {@code <partner>/<path>}
     */
    public static Mappings mappings(String partner, Map<String, byte[]> texts, Path mappings) {
        return mappings(partner, texts, mappings, Mappings::load);
    }

    /** The same of a version that was in force once, by what was refused then. */
    static Mappings former(String partner, Map<String, byte[]> texts, Path mappings) {
        return mappings(partner, texts, mappings, Mappings::loadFormer);
    }

    private static Mappings mappings(
            String partner, Map<String, byte[]> texts, Path mappings, Function<Path, Mappings> reading) {
        return read(directory -> {
            write(texts, directory.resolve(partner));
            copy(mappings.resolve(CANONICAL), directory.resolve(CANONICAL));
            try {
                return reading.apply(directory);
            } catch (MappingsRefused refused) {
                throw refused.within(directory);
            }
        });
    }

    static <T> T read(Function<Path, T> reading) {
        Path directory = temporary();
        try {
            return reading.apply(directory);
        } finally {
            delete(directory);
        }
    }

    static void write(Map<String, byte[]> texts, Path directory) {
        try {
            Files.createDirectories(directory);
            for (Map.Entry<String, byte[]> text : texts.entrySet()) {
                Path file = directory.resolve(text.getKey());
                Files.createDirectories(file.getParent());
                Files.write(file, text.getValue());
            }
        } catch (IOException full) {
            throw new UncheckedIOException(full);
        }
    }

    private static void copy(Path source, Path target) {
        try (Stream<Path> all = Files.list(source)) {
            List<Path> files = all.filter(Files::isRegularFile).toList();
            Files.createDirectories(target);
            for (Path file : files) {
                Files.copy(file, target.resolve(file.getFileName()));
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static Path temporary() {
        try {
            return Files.createTempDirectory("shuniu-versions");
        } catch (IOException full) {
            throw new UncheckedIOException(full);
        }
    }

    private static void delete(Path directory) {
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException left) {
            throw new UncheckedIOException(left);
        }
    }
}
