package org.shuniu.scenario;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.shuniu.store.DatabaseAddress;

/** A backup of a database that goes on working, by the calls and in the order of {@code pg_basebackup}, which no embedded server has. */
final class OnlineBackup {

    private static final String LOG = "pg_wal";

    private OnlineBackup() {}

    /** @param cluster the directory of the server */
    static void take(DatabaseAddress address, Path cluster, Path to) throws SQLException, IOException {
        try (Connection session = DriverManager.getConnection(address.url(), address.username(), address.password());
                Statement backup = session.createStatement()) {
            backup.execute("select pg_backup_start('as a test', true)");
            copy(cluster, to, LOG);
            try (ResultSet ended = backup.executeQuery("select labelfile from pg_backup_stop(false)")) {
                ended.next();
                Files.writeString(to.resolve("backup_label"), ended.getString(1));
            }
            copy(cluster.resolve(LOG), to.resolve(LOG), "");
        }
        Files.deleteIfExists(to.resolve("postmaster.pid"));
    }

    /** @param without a folder that is made and left empty */
    private static void copy(Path from, Path to, String without) throws IOException {
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes seen) throws IOException {
                Path copy = to.resolve(from.relativize(folder).toString());
                if (!Files.exists(copy)) {
                    Files.createDirectories(copy.getParent());
                    Files.copy(folder, copy, StandardCopyOption.COPY_ATTRIBUTES);
                }
                return folder.endsWith(without) && !without.isEmpty()
                        ? FileVisitResult.SKIP_SUBTREE
                        : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes seen) throws IOException {
                try {
                    Files.copy(file, to.resolve(from.relativize(file).toString()), StandardCopyOption.COPY_ATTRIBUTES);
                } catch (NoSuchFileException goneMeanwhile) {
                    // A server that works takes files away; its log brings back what counts.
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException goneMeanwhile) {
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
