package org.shuniu.incident;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.springframework.util.unit.DataSize;

/** Sees that the disk under the hub's data fills up. */
final class DiskSpace implements Watcher {

    private static final long MEGABYTE = 1024 * 1024;

    private final Path folder;
    private final DataSize least;

    /** @param least what must be free */
    DiskSpace(Path folder, DataSize least) {
        this.folder = folder;
        this.least = least;
    }

    @Override
    public Set<IncidentKind> kinds() {
        return Set.of(IncidentKind.DISK);
    }

    @Override
    public Duration every() {
        return Duration.ofMinutes(1);
    }

    @Override
    public List<Condition> look(Instant now) {
        try {
            FileStore disk = Files.getFileStore(folder);
            long free = disk.getUsableSpace();
            return free >= least.toBytes()
                    ? List.of()
                    : List.of(new Condition(IncidentKind.DISK, null, null, 0, "hub")
                            .urgent(true)
                            .saying("%d MB free of %d MB".formatted(free / MEGABYTE, disk.getTotalSpace() / MEGABYTE)));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
