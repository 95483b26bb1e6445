package org.shuniu.embedded;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import org.shuniu.store.DatabaseAddress;

/** A PostgreSQL server in the data directory that survives restarts and never loses a commit. */
public final class EmbeddedDatabase implements AutoCloseable {

    /** The name of the hub's own database. */
    public static final String HUB = "shuniu";

    private static final String OWNER = "postgres";

    private final FileChannel lockFile;
    private final EmbeddedPostgres server;

    private EmbeddedDatabase(FileChannel lockFile, EmbeddedPostgres server) {
        this.lockFile = lockFile;
        this.server = server;
    }

    /**
     * Starts the server, after stopping one that an earlier process left behind.
     *
     * @param directory the cluster's directory, made when it is missing
     * @param port on loopback; 0 takes a free one
     */
    public static EmbeddedDatabase start(Path directory, int port) {
        try {
            Files.createDirectories(directory);
            FileChannel lock = lock(directory.resolveSibling(directory.getFileName() + ".lock"));
            OrphanedServer.stop(directory);
            EmbeddedDatabase database = new EmbeddedDatabase(lock, launch(directory, port));
            database.create(HUB);
            return database;
        } catch (IOException failure) {
            throw new IllegalStateException("The embedded database in %s did not start".formatted(directory), failure);
        }
    }

    private static FileChannel lock(Path file) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock();
        if (lock == null) {
            channel.close();
            throw new IllegalStateException(
                    "Another hub uses the data directory %s; give this one its own shuniu.data-dir"
                            .formatted(file.getParent()));
        }
        return channel;
    }

    private static EmbeddedPostgres launch(Path directory, int port) throws IOException {
        return EmbeddedPostgres.builder()
                .setDataDirectory(directory)
                .setCleanDataDirectory(false)
                .setRegisterShutdownHook(false)
                .setPGStartupWait(Duration.ofSeconds(60))
                .setPort(port == 0 ? 0 : port)
                // By the characters' numbers, on every machine and for ever.
                .setLocaleConfig("locale", "C")
                .setLocaleConfig("locale-provider", "builtin")
                .setLocaleConfig("builtin-locale", "C.UTF-8")
                .setServerConfig("listen_addresses", "127.0.0.1")
                .setServerConfig("fsync", "on")
                .setServerConfig("full_page_writes", "on")
                // A young database grows many times over in a minute, and plans follow from what is known of it.
                .setServerConfig("autovacuum_naptime", "30s")
                .setServerConfig("synchronous_commit", "on")
                // After each checkpoint pages are logged whole once more; under load the server's own limits make one
                // every 40 s.
                .setServerConfig("max_wal_size", "4GB")
                .setServerConfig("checkpoint_timeout", "15min")
                .setServerConfig("max_connections", "100")
                .setServerConfig("timezone", "Asia/Shanghai")
                .start();
    }

    /** Makes a database of this name unless it is there. */
    public void create(String database) {
        if (missing("pg_database where datname = '%s'".formatted(database))) {
            execute(server.getPostgresDatabase(), "create database \"%s\"".formatted(database));
        }
    }

    /**
     * Makes a department's front-end database: the department owns it, the hub may read, insert and update rows.
     *
     * @param name of the database and of the department's role
     * @param guest the role the hub uses there
     */
    public void createFrontEnd(String name, String guest) {
        for (String role : List.of(name, guest)) {
            if (missing("pg_roles where rolname = '%s'".formatted(role))) {
                execute(server.getPostgresDatabase(), "create role \"%s\"".formatted(role));
            }
        }
        if (missing("pg_database where datname = '%s'".formatted(name))) {
            execute(server.getPostgresDatabase(), "create database \"%1$s\" owner \"%1$s\"".formatted(name));
        }
        execute(server.getDatabase("postgres", name), """
                alter default privileges for role "%1$s" grant select, insert, update on tables to "%2$s"
                """.formatted(name, guest));
        // Only now: tables that the department makes before that would stay closed to the hub.
        for (String role : List.of(name, guest)) {
            execute(server.getPostgresDatabase(), "alter role \"%s\" login".formatted(role));
        }
    }

    private boolean missing(String where) {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery("select 1 from " + where)) {
            return !found.next();
        } catch (SQLException failure) {
            throw new IllegalStateException("The embedded database does not answer", failure);
        }
    }

    private static void execute(DataSource database, String statement) {
        try (Connection connection = database.getConnection();
                Statement executed = connection.createStatement()) {
            executed.execute(statement);
        } catch (SQLException failure) {
            throw new IllegalStateException("The embedded database refused: " + statement, failure);
        }
    }

    /** The JDBC address of one of the server's databases. */
    public String url(String database) {
        return url(server.getPort(), database);
    }

    private static String url(int port, String database) {
        return "jdbc:postgresql://127.0.0.1:%d/%s".formatted(port, database);
    }

    /** The address of the hub's own database. */
    DatabaseAddress address() {
        return address(server.getPort());
    }

    /** The address of the hub's own database in a server on this port. */
    static DatabaseAddress address(int port) {
        return new DatabaseAddress(url(port, HUB), OWNER, "");
    }

    @Override
    public void close() {
        try {
            server.close();
            lockFile.close();
        } catch (IOException failure) {
            throw new IllegalStateException("The embedded database did not stop cleanly", failure);
        }
    }
}
