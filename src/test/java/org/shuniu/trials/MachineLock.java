package org.shuniu.trials;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * What trials of several JVMs share: the machine, and files that one of them writes at a time. A trial that measures has the
 * machine to itself; all others wait for it.
 */
final class MachineLock implements AutoCloseable {

    private static final int MACHINE = 0;
    private static final int FILES = 1;
    private static final FileChannel CHANNEL = open();

    /** A JVM's locks do not exclude each other: its trials, two hubs at a time included, share one. */
    private static FileLock machine;

    private static int holders;

    private boolean held = true;

    private MachineLock() {}

    /** Beside the trials of other JVMs, unless this one has the machine already. */
    static MachineLock shared() {
        return take(true);
    }

    /** Once the trials of all other JVMs have ended. */
    static MachineLock alone() {
        return take(false);
    }

    private static synchronized MachineLock take(boolean shared) {
        try {
            if (holders == 0) {
                machine = CHANNEL.lock(MACHINE, 1, shared);
            }
            holders++;
            return new MachineLock();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Does what no other JVM may do at the same time. */
    static synchronized void oneAtATime(Runnable work) {
        try (FileLock files = CHANNEL.lock(FILES, 1, false)) {
            work.run();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static FileChannel open() {
        try {
            Path file = Files.createDirectories(Trial.ROOT).resolve("machine.lock");
            return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public void close() {
        synchronized (MachineLock.class) {
            if (held && --holders == 0) {
                release();
            }
            held = false;
        }
    }

    private static void release() {
        try {
            machine.release();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
