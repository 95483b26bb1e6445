package org.shuniu.partner;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Secrets from a directory with one file each, and from the environment; a file comes first. */
record SecretFiles(Path directory, Map<String, String> environment) implements Secrets {

    private static final String PREFIX = "SHUNIU_SECRET_";

    static String variable(String name) {
        return PREFIX + name.toUpperCase(Locale.ROOT).replace('-', '_');
    }

    @Override
    public Optional<String> find(String name) {
        return read(directory.resolve(name)).or(() -> Optional.ofNullable(environment.get(variable(name))));
    }

    @Override
    public Set<String> names() {
        Set<String> names = new TreeSet<>();
        environment.keySet().stream()
                .filter(variable -> variable.startsWith(PREFIX))
                .forEach(variable -> names.add(variable.substring(PREFIX.length())
                        .toLowerCase(Locale.ROOT)
                        .replace('_', '-')));
        if (Files.isDirectory(directory)) {
            try (Stream<Path> files = Files.list(directory)) {
                files.filter(Files::isRegularFile)
                        .forEach(file -> names.add(file.getFileName().toString()));
            } catch (IOException failure) {
                throw new UncheckedIOException("The secrets directory %s cannot be read".formatted(directory), failure);
            }
        }
        return names;
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
}
