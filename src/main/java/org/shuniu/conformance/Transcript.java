package org.shuniu.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The bytes of one trial in the order in which they went and came, a file for each. */
final class Transcript {

    private final @Nullable Path folder;
    private final AtomicInteger number = new AtomicInteger();

    /** @param folder of the trial, or null where nobody wants to see them */
    Transcript(@Nullable Path folder) {
        this.folder = folder;
    }

    void sent(String what, byte[] body) {
        write(what, "sent", body);
    }

    void came(String what, byte[] body) {
        write(what, "came", body);
    }

    /** What came instead of an answer. */
    void came(String what, String reason) {
        write(what, "came", reason.getBytes(StandardCharsets.UTF_8));
    }

    private void write(String what, String way, byte[] body) {
        if (folder == null) {
            return;
        }
        try {
            Files.createDirectories(folder);
            Files.write(folder.resolve("%02d-%s.%s".formatted(number.incrementAndGet(), what, way)), body);
        } catch (IOException full) {
            throw new UncheckedIOException("%s can't be written".formatted(folder), full);
        }
    }
}
