package org.shuniu.simulator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The simulators' secrets: one file each, read when it is needed. */
record SecretFiles(Path directory) {

    String read(String name) {
        try {
            return Files.readString(directory.resolve(name)).strip();
        } catch (IOException missing) {
            throw new UncheckedIOException("The simulators need the secret %s".formatted(name), missing);
        }
    }
}
