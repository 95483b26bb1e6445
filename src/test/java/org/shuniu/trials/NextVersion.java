package org.shuniu.trials;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;

/** The packaged hub as its next version might be: with one change more of the schema, of the kind that a version may make. */
final class NextVersion {

    /** What the version before does not know, and need not. */
    private static final String CHANGE = """
            create table of_the_next_version (id bigint primary key);
            alter table delivery add column of_the_next_version text;
            create index delivery_of_the_next_version on delivery (of_the_next_version) where of_the_next_version is not null;
            """;

    private NextVersion() {}

    /** Makes it in a directory of its own, with the libraries of the packaged one. */
    static Path jar() {
        Path directory = Trial.ROOT.resolve("next-version");
        Path jar = directory.resolve("shuniu.jar");
        Path libraries = directory.resolve("lib");
        try {
            Files.createDirectories(directory);
            if (!Files.exists(libraries)) {
                Files.createSymbolicLink(libraries, HubProcess.JAR.resolveSibling("lib"));
            }
            Files.copy(HubProcess.JAR, jar, StandardCopyOption.REPLACE_EXISTING);
            try (FileSystem inside = FileSystems.newFileSystem(URI.create("jar:" + jar.toUri()), Map.of())) {
                Files.writeString(inside.getPath("db/migration/V9000__of_the_next_version.sql"), CHANGE);
            }
            return jar;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
