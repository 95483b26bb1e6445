package org.shuniu.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.shuniu.embedded.EmbeddedDatabase;
import org.springframework.util.FileSystemUtils;

/** A real PostgreSQL with the hub's tables. It is made once in each JVM and copied: to make it takes as long as half a test. */
public final class MigratedDatabase {

    private static final Duration ENDS_WITHIN = Duration.ofMinutes(2);

    private static Path made;

    private MigratedDatabase() {}

    /** Starts one in a directory of its own. */
    public static EmbeddedDatabase start(Path directory) {
        copyTo(directory);
        return EmbeddedDatabase.start(directory, 0);
    }

    /** What a server that is started in the directory finds there; nothing where there is one already. */
    public static void copyTo(Path directory) {
        if (Files.exists(directory)) {
            return;
        }
        Path from = made();
        try (Stream<Path> files = Files.walk(from)) {
            Files.createDirectories(directory.getParent());
            files.forEach(
                    file -> copy(file, directory.resolve(from.relativize(file).toString())));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static void copy(Path from, Path to) {
        try {
            Files.copy(from, to, StandardCopyOption.COPY_ATTRIBUTES);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static synchronized Path made() {
        if (made == null) {
            try {
                made = make(Files.createTempDirectory("migrated-"));
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }
        return made;
    }

    private static Path make(Path directory) {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> FileSystemUtils.deleteRecursively(directory.toFile())));
        Path cluster = directory.resolve("postgres");
        try (EmbeddedDatabase server = EmbeddedDatabase.start(cluster, 0)) {
            Flyway.configure()
                    .dataSource(server.url(EmbeddedDatabase.HUB), "postgres", "")
                    .load()
                    .migrate();
        }
        awaitEnd(cluster);
        return cluster;
    }

    /** A busy machine may take longer to end a server than whoever tells it to end waits; its files change until then. */
    private static void awaitEnd(Path cluster) {
        long until = System.nanoTime() + ENDS_WITHIN.toNanos();
        while (Files.exists(cluster.resolve("postmaster.pid"))) {
            if (System.nanoTime() > until) {
                throw new IllegalStateException(
                        "The server in %s did not end within %s".formatted(cluster, ENDS_WITHIN));
            }
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
    }
}
