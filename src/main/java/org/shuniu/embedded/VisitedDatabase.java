package org.shuniu.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.shuniu.store.DatabaseAddress;

/** The embedded database of a hub that may or may not be running; a server that runs is left as it is. */
public final class VisitedDatabase implements AutoCloseable {

    private static final int PORT_LINE = 3;

    private final DatabaseAddress address;
    private final Runnable leave;

    private VisitedDatabase(DatabaseAddress address, Runnable leave) {
        this.address = address;
        this.leave = leave;
    }

    /**
     * @param directory the cluster's directory
     * @throws IllegalStateException when it holds no cluster
     */
    public static VisitedDatabase visit(Path directory) throws IOException {
        if (!Files.exists(directory.resolve("PG_VERSION"))) {
            throw new IllegalStateException(
                    "There is no database in %s; shuniu.data-dir must be the hub's".formatted(directory));
        }
        if (OrphanedServer.runs(directory)) {
            List<String> lines = Files.readAllLines(directory.resolve("postmaster.pid"));
            int port = Integer.parseInt(lines.get(PORT_LINE).trim());
            return new VisitedDatabase(EmbeddedDatabase.address(port), () -> {});
        }
        EmbeddedDatabase database = EmbeddedDatabase.start(directory, 0);
        return new VisitedDatabase(database.address(), database::close);
    }

    public DatabaseAddress address() {
        return address;
    }

    @Override
    public void close() {
        leave.run();
    }
}
