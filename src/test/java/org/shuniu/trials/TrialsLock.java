package org.shuniu.trials;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Trials run in several JVMs and share files that one of them writes at a time. */
final class TrialsLock {

    private static final Path FILE = Trial.ROOT.resolve("trials.lock");

    private TrialsLock() {}

    /** Does what no other JVM, and no other thread of this one, may do at the same time. */
    static synchronized void oneAtATime(Runnable work) {
        try {
            Files.createDirectories(Trial.ROOT);
            try (FileChannel channel = FileChannel.open(FILE, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock lock = channel.lock()) {
                work.run();
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
