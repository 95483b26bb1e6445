package org.shuniu.rehearsal;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.shuniu.contract.ContractFile;
import org.shuniu.mapping.Mappings;
import org.shuniu.versions.ScratchFolder;

/**
 * The files of a partner's mappings and code tables, as somebody changed them.
 *
 * @param texts by their paths in the partner's folder, such as {@code application.out.yaml} or {@code codes/id-type.csv}
 */
public record CandidateFiles(SortedMap<String, String> texts) {

    private static final Pattern NAME =
            Pattern.compile("[a-z][a-z-]*\\.(out|in)\\.yaml|allowed-fields\\.csv|codes/[A-Za-z0-9_-]+\\.csv");
    private static final int MOST_FILES = 200;
    private static final int MOST_LETTERS = 250_000;

    /** @throws IllegalArgumentException naming what no folder of mappings has */
    public CandidateFiles {
        texts = new TreeMap<>(texts);
        texts.keySet().stream()
                .filter(name -> !NAME.matcher(name).matches())
                .findFirst()
                .ifPresent(name -> {
                    throw new IllegalArgumentException(
                            "files: found '%s', expected names such as application.out.yaml and codes/id-type.csv"
                                    .formatted(name));
                });
        long letters = texts.values().stream().mapToLong(String::length).sum();
        if (texts.isEmpty() || texts.size() > MOST_FILES || letters > MOST_LETTERS) {
            throw new IllegalArgumentException(
                    "files: found %d with %d letters together, expected 1 to %d with at most %d"
                            .formatted(texts.size(), letters, MOST_FILES, MOST_LETTERS));
        }
    }

    /**
     * Those that lie in a folder; what is no mapping and no table stays where it is.
     *
     * @throws IllegalArgumentException naming a file that is not in UTF-8, or when there is none
     */
    public static CandidateFiles of(Path folder) throws IOException {
        SortedMap<String, String> texts = new TreeMap<>();
        for (Path place : List.of(folder, folder.resolve("codes"))) {
            if (Files.isDirectory(place)) {
                add(texts, folder, place);
            }
        }
        if (texts.isEmpty()) {
            throw new IllegalArgumentException("%s has no mappings, expected some".formatted(folder));
        }
        return new CandidateFiles(texts);
    }

    private static void add(Map<String, String> texts, Path folder, Path place) throws IOException {
        try (Stream<Path> files = Files.list(place)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String name = folder.relativize(file).toString().replace('\\', '/');
                if (name.matches(".*\\.(yaml|csv)") && !ContractFile.standsBeside(name)) {
                    texts.put(name, text(file));
                }
            }
        }
    }

    private static String text(Path file) throws IOException {
        try {
            return Files.readString(file);
        } catch (CharacterCodingException other) {
            throw new IllegalArgumentException("%s is not in UTF-8, expected a file that is".formatted(file), other);
        }
    }

    /**
     * Reads them, checked as the hub checks its own at start.
     *
     * @param mappings the folder with the canonical schemas
     * @throws org.shuniu.mapping.MappingsRefused with everything that is wrong with them
     */
    public Mappings read(String partner, Path mappings) {
        return ScratchFolder.mappings(partner, bytes(), mappings);
    }

    SortedMap<String, byte[]> bytes() {
        SortedMap<String, byte[]> bytes = new TreeMap<>();
        texts.forEach((name, text) -> bytes.put(name, text.getBytes(StandardCharsets.UTF_8)));
        return bytes;
    }
}
