package org.shuniu.simulator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;

/** Secrets of the simulated partners, read from a directory each time they are needed. */
final class SecretFiles {
    private final Path directory;

    SecretFiles(Path directory) {
        this.directory = directory;
    }

    String read(String name) {
        try {
            return Files.readString(directory.resolve(name)).trim();
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "Secret " + name + ": expected a readable file of that name in " + directory
                            + "; the installation lacks it",
                    e);
        }
    }

    boolean matches(String name, String given) {
        byte[] expected = read(name).getBytes(StandardCharsets.UTF_8);
        return given != null && MessageDigest.isEqual(expected, given.getBytes(StandardCharsets.UTF_8));
    }
}
