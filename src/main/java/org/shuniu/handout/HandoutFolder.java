package org.shuniu.handout;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A folder of its own for what an office gets. A list in it says what was written there, so that it can be written again and nothing
 * of anybody else's is lost.
 */
public final class HandoutFolder {

    /** The list. */
    static final String LIST = "files.csv";

    private final Path folder;

    public HandoutFolder(Path folder) {
        this.folder = folder;
    }

    /**
     * Replaces what was written there before.
     *
     * @param files contents by their paths
     * @return the files that are there now
     * @throws IllegalArgumentException when something else is there; then nothing was changed
     */
    public List<Path> write(SortedMap<String, byte[]> files) throws IOException {
        Map<String, List<String>> before = listed();
        List<String> there = there();
        for (String name : there) {
            if (!before.getOrDefault(name, List.of()).contains(digest(name))) {
                throw new IllegalArgumentException(
                        "%s was not written by this command, or was changed since; expected a new directory, or one that holds only what it wrote"
                                .formatted(folder.resolve(name)));
            }
        }
        // Whatever breaks this off, what is there by then is in the list.
        put(LIST, list(before, files));
        for (String name : there) {
            if (!files.containsKey(name)) {
                Files.delete(folder.resolve(name));
            }
        }
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            put(file.getKey(), file.getValue());
        }
        put(LIST, list(Map.of(), files));
        return files.keySet().stream().map(folder::resolve).toList();
    }

    private List<String> there() throws IOException {
        if (!Files.exists(folder)) {
            return List.of();
        }
        if (!Files.isDirectory(folder)) {
            throw new IllegalArgumentException("%s is a file, expected a directory".formatted(folder));
        }
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(path -> !Files.isDirectory(path))
                    .map(path -> folder.relativize(path).toString().replace('\\', '/'))
                    .filter(name -> !name.equals(LIST))
                    .sorted()
                    .toList();
        }
    }

    private String digest(String name) throws IOException {
        return Digest.of(Files.readAllBytes(folder.resolve(name)));
    }

    /** Digests that a file may have, by its path. */
    private Map<String, List<String>> listed() throws IOException {
        Path list = folder.resolve(LIST);
        Map<String, List<String>> listed = new TreeMap<>();
        if (Files.isRegularFile(list)) {
            try (CsvReader<NamedCsvRecord> rows = CsvReader.builder().ofNamedCsvRecord(Files.newBufferedReader(list))) {
                rows.stream()
                        .filter(row -> row.findField("file").isPresent()
                                && row.findField("sha256").isPresent())
                        .forEach(row -> listed.computeIfAbsent(row.getField("file"), none -> new ArrayList<>())
                                .add(row.getField("sha256")));
            }
        }
        return listed;
    }

    private static byte[] list(Map<String, List<String>> before, SortedMap<String, byte[]> files) {
        List<List<String>> rows = new ArrayList<>();
        before.forEach((name, digests) -> digests.forEach(digest -> rows.add(List.of(name, digest))));
        files.forEach((name, content) -> rows.add(List.of(name, Digest.of(content))));
        return ColumnList.table(List.of("file", "sha256"), rows).getBytes(StandardCharsets.UTF_8);
    }

    private void put(String name, byte[] content) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        // Beside the folder, in which every file counts.
        Path place = folder.toAbsolutePath().normalize();
        Path fresh = place.resolveSibling("." + place.getFileName() + ".new");
        Files.write(fresh, content);
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
