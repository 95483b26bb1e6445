package org.shuniu.swap;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.shuniu.catalogue.ContentVersion;

/**
 * The files of {@code routes/} and {@code mappings/} as they were at one moment, named by a digest over all that a hub goes by.
 *
 * <p>Examples and READMEs stand beside that: they are checked with it and never kept, for whatever an example says of a person
 * stays where people wrote it.
 */
final class ConfigurationFiles {

    static final String ROUTES = "routes/";
    static final String MAPPINGS = "mappings/";
    static final ConfigurationFiles NONE = new ConfigurationFiles(new TreeMap<>(), new TreeMap<>());

    private final SortedMap<String, byte[]> files;
    private final SortedMap<String, byte[]> beside;
    private final String version;

    private ConfigurationFiles(SortedMap<String, byte[]> files, SortedMap<String, byte[]> beside) {
        this.beside = beside;
        this.files = Collections.unmodifiableSortedMap(files);
        ContentVersion digest = new ContentVersion();
        files.forEach(digest::add);
        this.version = digest.text();
    }

    /** Those of two folders; what editors leave beside them is none of them. */
    static ConfigurationFiles read(Path routes, Path mappings) {
        SortedMap<String, byte[]> all = new TreeMap<>();
        read(routes, ROUTES, all);
        read(mappings, MAPPINGS, all);
        SortedMap<String, byte[]> beside = new TreeMap<>(all);
        beside.keySet().removeIf(name -> !standsBeside(name));
        all.keySet().removeAll(beside.keySet());
        return new ConfigurationFiles(all, beside);
    }

    /** @param files by their names, which begin with {@code routes/} or {@code mappings/} */
    static ConfigurationFiles of(SortedMap<String, byte[]> files) {
        files.keySet().forEach(ConfigurationFiles::requireBelow);
        return new ConfigurationFiles(new TreeMap<>(files), new TreeMap<>());
    }

    /** A name leads nowhere else. */
    private static void requireBelow(String name) {
        Path place = Path.of(name).normalize();
        if (!place.toString().replace('\\', '/').equals(name)
                || !name.startsWith(ROUTES) && !name.startsWith(MAPPINGS)) {
            throw new IllegalArgumentException(
                    "found a file %s, expected one below %s or %s".formatted(name, ROUTES, MAPPINGS));
        }
    }

    private static void read(Path folder, String prefix, SortedMap<String, byte[]> files) {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                String name = folder.relativize(file).toString().replace('\\', '/');
                if (Stream.of(name.split("/")).noneMatch(ConfigurationFiles::isAnEditors)) {
                    files.put(prefix + name, Files.readAllBytes(file));
                }
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException("%s can't be read".formatted(folder), unreadable);
        }
    }

    private static boolean isAnEditors(String name) {
        return name.startsWith(".") || name.endsWith("~");
    }

    private static boolean standsBeside(String name) {
        return name.contains("/examples/") || name.endsWith(".md");
    }

    /** The first 12 hex digits of a SHA-256 over names and contents: the same files are the same version. */
    String version() {
        return version;
    }

    /** Whether they come with examples. */
    boolean areShown() {
        return !beside.isEmpty();
    }

    /** Contents by names, in the order of the names; nobody changes them. */
    SortedMap<String, byte[]> files() {
        return files;
    }

    /** Names of files that are not the same, or not there, in one of the two. */
    SortedMap<String, Change> changes(ConfigurationFiles before) {
        SortedMap<String, Change> changes = new TreeMap<>();
        for (String name : names(before, this)) {
            byte[] old = before.files.get(name);
            byte[] now = files.get(name);
            if (old == null) {
                changes.put(name, Change.ADDED);
            } else if (now == null) {
                changes.put(name, Change.REMOVED);
            } else if (!Arrays.equals(old, now)) {
                changes.put(name, Change.CHANGED);
            }
        }
        return changes;
    }

    private static TreeSet<String> names(ConfigurationFiles before, ConfigurationFiles now) {
        TreeSet<String> names = new TreeSet<>(before.files.keySet());
        names.addAll(now.files.keySet());
        return names;
    }

    /**
     * Puts them into a folder of their own, whole or not at all.
     *
     * @return the folder, with {@code routes} and {@code mappings} in it
     */
    Path placeUnder(Path directory) {
        Path place = directory.resolve(version);
        try {
            if (Files.isDirectory(place)) {
                return place;
            }
            Files.createDirectories(directory);
            Path making = Files.createTempDirectory(directory, ".making-");
            write(making, files);
            Files.move(making, place, StandardCopyOption.ATOMIC_MOVE);
            return place;
        } catch (IOException full) {
            throw new UncheckedIOException("%s can't be written".formatted(place), full);
        }
    }

    /** Lets somebody look at them, with all that stands beside them, in a folder that is gone after that. */
    <T> T lookedAt(Function<Path, T> look) {
        try {
            Path place = Files.createTempDirectory("shuniu-swap");
            try {
                write(place, files);
                write(place, beside);
                return look.apply(place);
            } finally {
                delete(place);
            }
        } catch (IOException full) {
            throw new UncheckedIOException(full);
        }
    }

    private static void write(Path place, SortedMap<String, byte[]> files) throws IOException {
        for (String name : files.keySet()) {
            Path file = place.resolve(name);
            Files.createDirectories(file.getParent());
            Files.write(file, files.get(name));
        }
    }

    /** Removes all folders of versions that are not named. */
    static void clear(Path directory, String... kept) {
        if (!Files.isDirectory(directory)) {
            return;
        }
        try (Stream<Path> versions = Files.list(directory)) {
            for (Path version : versions.toList()) {
                if (Stream.of(kept).noneMatch(version.getFileName().toString()::equals)) {
                    delete(version);
                }
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
