package org.shuniu.partner;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Finds secrets by name; it never shows one. */
public interface Secrets {

    Optional<String> find(String name);

    /** The names of all secrets that are there. */
    Set<String> names();

    /** @throws IllegalStateException naming the secret that is missing */
    default String require(String name) {
        return find(name)
                .orElseThrow(() -> new IllegalStateException(
                        "The secret %s is missing: give it as a file of that name in shuniu.secrets-dir or as %s"
                                .formatted(name, SecretFiles.variable(name))));
    }

    /** Looks for a file of that name first, then for {@code SHUNIU_SECRET_<NAME>}. */
    static Secrets of(Path directory, Map<String, String> environment) {
        return new SecretFiles(directory, environment);
    }
}
