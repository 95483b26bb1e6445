package org.shuniu.partner;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Finds secrets by name; it never shows one. */
@FunctionalInterface
public interface Secrets {

    Optional<String> find(String name);

    /** @throws IllegalStateException naming the secret that is missing */
    default String require(String name) {
        return find(name)
                .orElseThrow(() -> new IllegalStateException(
                        "The secret %s is missing: give it as a file of that name in shuniu.secrets-dir or as %s"
                                .formatted(name, variable(name))));
    }

    /** Looks for a file of that name first, then for {@code SHUNIU_SECRET_<NAME>}. */
    static Secrets of(Path directory, Map<String, String> environment) {
        return name -> read(directory.resolve(name)).or(() -> Optional.ofNullable(environment.get(variable(name))));
    }

    private static Optional<String> read(Path file) {
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(Files.readString(file).strip());
        } catch (IOException failure) {
            throw new UncheckedIOException("The secret %s cannot be read".formatted(file.getFileName()), failure);
        }
    }

    private static String variable(String name) {
        return "SHUNIU_SECRET_" + name.toUpperCase(Locale.ROOT).replace('-', '_');
    }
}
