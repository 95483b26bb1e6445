package org.shuniu.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The machine and what else it did. */
record Machine(Instant at, int processors, String java, String load) {

    static Machine now() throws IOException {
        return new Machine(
                Instant.now(),
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("java.version"),
                Files.readString(Path.of("/proc/loadavg")).strip().replaceFirst("(\\S+ \\S+ \\S+).*", "$1"));
    }

    /** What a result says of the machine that it was measured on, between then and now. */
    ObjectNode since(Machine before) {
        return JsonMapper.shared()
                .createObjectNode()
                .put("processors", processors)
                .put("java", java)
                .put("from", before.at().toString())
                .put("to", at.toString())
                .put("loadBefore", before.load())
                .put("loadAfter", load);
    }
}
