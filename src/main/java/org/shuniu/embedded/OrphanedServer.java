package org.shuniu.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A database server that outlived the hub that had started it. */
final class OrphanedServer {

    private static final Logger LOG = LoggerFactory.getLogger(OrphanedServer.class);
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private OrphanedServer() {}

    /** Stops the server that still runs on this directory, if there is one. */
    static void stop(Path directory) throws IOException {
        Optional<ProcessHandle> orphan = find(directory);
        if (orphan.isEmpty()) {
            return;
        }
        LOG.info(
                "Stopping the database server {} that an earlier hub left behind",
                orphan.get().pid());
        signal(orphan.get(), "INT");
        if (!gone(orphan.get())) {
            throw new IllegalStateException("The database server %d of an earlier hub does not stop; stop it by hand"
                    .formatted(orphan.get().pid()));
        }
    }

    static boolean runs(Path directory) throws IOException {
        return find(directory).isPresent();
    }

    private static Optional<ProcessHandle> find(Path directory) throws IOException {
        Path pidFile = directory.resolve("postmaster.pid");
        if (!Files.exists(pidFile)) {
            return Optional.empty();
        }
        List<String> lines = Files.readAllLines(pidFile);
        return lines.isEmpty()
                ? Optional.empty()
                : ProcessHandle.of(Long.parseLong(lines.get(0).trim())).filter(OrphanedServer::isPostgres);
    }

    /** The number may have been given to a stranger since: only a PostgreSQL is ours to stop. */
    private static boolean isPostgres(ProcessHandle process) {
        return process.info()
                .command()
                .map(command -> command.contains("postgres"))
                .orElse(false);
    }

    /** SIGINT is PostgreSQL's fast shutdown; the JDK can send only SIGTERM, which waits for clients. */
    private static void signal(ProcessHandle process, String name) throws IOException {
        try {
            int exit = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                    .start()
                    .waitFor();
            if (exit != 0) {
                process.destroy();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean gone(ProcessHandle process) {
        try {
            process.onExit().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            return true;
        } catch (TimeoutException stillThere) {
            return false;
        } catch (ExecutionException failure) {
            return !process.isAlive();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return !process.isAlive();
        }
    }
}
