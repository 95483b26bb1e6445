package org.shuniu.trials;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The hub's classes as the JVM archives them (class data sharing), made once by a hub that starts and ends: a trial that starts
 * the hub ten times waits a third less for it.
 */
final class ClassArchive {

    private static final Path FILE = Trial.ROOT.resolve("classes.jsa");
    private static final String NOBODY = "http://127.0.0.1:1";

    private ClassArchive() {}

    /** @return the JVM's option that makes a hub start from the archive of this very jar */
    static synchronized String option() {
        TrialsLock.oneAtATime(() -> {
            if (!isCurrent()) {
                make();
            }
        });
        return "-XX:SharedArchiveFile=" + FILE;
    }

    private static boolean isCurrent() {
        try {
            return Files.exists(FILE)
                    && Files.getLastModifiedTime(FILE).compareTo(Files.getLastModifiedTime(HubProcess.JAR)) > 0;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static void make() {
        Path directory = Trial.emptied(Trial.ROOT.resolve("class-archive"));
        try (HubProcess hub = new HubProcess(directory, NOBODY)) {
            Files.deleteIfExists(FILE);
            hub.start("-XX:ArchiveClassesAtExit=" + FILE);
            hub.terminate();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
