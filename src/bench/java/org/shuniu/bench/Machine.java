package org.shuniu.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/** The machine and what else it did. */
record Machine(Instant at, int processors, String java, String load) {

    static Machine now() throws IOException {
        return new Machine(
                Instant.now(),
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("java.version"),
                Files.readString(Path.of("/proc/loadavg")).strip().replaceFirst("(\\S+ \\S+ \\S+).*", "$1"));
    }
}
