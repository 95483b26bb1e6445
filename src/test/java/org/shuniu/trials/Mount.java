package org.shuniu.trials;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A disk of its own for one directory, small enough to be filled. */
record Mount(Path directory) implements AutoCloseable {

    static Mount at(Path directory, String size) {
        try {
            Files.createDirectories(directory);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        PostgresServer.run("mount", "-t", "tmpfs", "-o", "size=" + size, "tmpfs", directory.toString());
        return new Mount(directory);
    }

    void remount(String options) {
        PostgresServer.run("mount", "-o", "remount," + options, directory.toString());
    }

    /** Leaves no byte free. */
    void fill() {
        byte[] block = new byte[4096];
        try (OutputStream out = Files.newOutputStream(ballast())) {
            while (true) {
                out.write(block);
            }
        } catch (IOException full) {
            if (directory.toFile().getUsableSpace() > 1 << 20) {
                throw new UncheckedIOException(full);
            }
        }
    }

    void empty() {
        try {
            Files.delete(ballast());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private Path ballast() {
        return directory.resolve("ballast");
    }

    @Override
    public void close() {
        PostgresServer.run("umount", "-l", directory.toString());
    }
}
