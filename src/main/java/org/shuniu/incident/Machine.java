package org.shuniu.incident;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.shuniu.store.CaseFiles;
import org.springframework.jdbc.core.JdbcTemplate;

/** The machine that this process runs on: the disk under its data, and its clock beside the database's. */
final class Machine {

    /**
     * As it is now.
     *
     * @param freeBytes null where the disk cannot be read
     */
    record State(@Nullable Long freeBytes, @Nullable Long totalBytes, Duration drift) {}

    private final JdbcTemplate sql;
    private final Path data;

    Machine(JdbcTemplate sql, Path data) {
        this.sql = sql;
        this.data = data;
    }

    /** What another process that runs here after this one is called too. */
    String place() {
        String process = ManagementFactory.getRuntimeMXBean().getName();
        return "%s:%s"
                .formatted(
                        process.substring(process.indexOf('@') + 1),
                        data.toAbsolutePath().normalize());
    }

    /** Leases and signatures need the clocks to agree. */
    State state() {
        Instant asked = Instant.now();
        Instant there = sql.query("select clock_timestamp() as at", (row, number) -> CaseFiles.instant(row, "at"))
                .get(0);
        Duration drift = drift(asked, Objects.requireNonNull(there), Instant.now());
        try {
            FileStore disk = Files.getFileStore(data);
            return new State(disk.getUsableSpace(), disk.getTotalSpace(), drift);
        } catch (IOException unreadable) {
            return new State(null, null, drift);
        }
    }

    /** However long the question took, the database answered between the two. */
    static Duration drift(Instant asked, Instant there, Instant answered) {
        if (there.isBefore(asked)) {
            return Duration.between(there, asked);
        }
        return there.isAfter(answered) ? Duration.between(answered, there) : Duration.ZERO;
    }
}
