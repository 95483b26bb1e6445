package org.shuniu.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.shuniu.catalogue.ContentVersion;
import org.shuniu.contract.ContractFile;

/**
 * What an office was tried with: its contract, and all by which the hub speaks to it and understands it.
 *
 * @param mappings of the files of mappings and code tables, and of what may leave
 */
record Digests(String contract, String mappings) {

    /** @param folder of one partner's mappings */
    static Digests of(Path folder) {
        ContentVersion contract = new ContentVersion();
        add(contract, folder, folder.resolve(ContractFile.NAME));
        ContentVersion mappings = new ContentVersion();
        Stream.concat(files(folder), files(folder.resolve("codes")))
                .filter(file -> !ContractFile.standsBeside(file.getFileName().toString()))
                .forEach(file -> add(mappings, folder, file));
        return new Digests(contract.text(), mappings.text());
    }

    private static void add(ContentVersion digest, Path folder, Path file) {
        try {
            digest.add(folder.relativize(file).toString().replace('\\', '/'), Files.readAllBytes(file));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static Stream<Path> files(Path directory) {
        if (!Files.isDirectory(directory)) {
            return Stream.empty();
        }
        try (Stream<Path> files = Files.list(directory)) {
            List<Path> sorted = files.filter(Files::isRegularFile)
                    .filter(file -> file.toString().matches(".*\\.(yaml|csv)"))
                    .sorted()
                    .toList();
            return sorted.stream();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
