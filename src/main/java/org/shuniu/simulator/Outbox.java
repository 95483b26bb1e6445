package org.shuniu.simulator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What simulated partners still have to say to the hub; outlives a killed process. */
final class Outbox {

    /** One thing to say. */
    record Saying(String id, String partner, Answer answer) {}

    private static final Logger LOG = LoggerFactory.getLogger(Outbox.class);

    private final Path file;
    private final Map<String, Saying> open = new LinkedHashMap<>();

    Outbox(Path directory) {
        this.file = directory.resolve("callbacks.jsonl");
        try {
            Files.createDirectories(directory);
            if (Files.exists(file)) {
                Files.readAllLines(file).forEach(this::read);
            }
            Files.write(file, open.values().stream().map(Outbox::line).toList());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private void read(String line) {
        try {
            JsonNode entry = Answer.JSON.readTree(line);
            String id = entry.path("id").asString("");
            if (entry.path("done").asBoolean(false)) {
                open.remove(id);
            } else {
                Answer answer = new Answer(
                        200,
                        entry.path("mediaType").asString(),
                        entry.path("body").binaryValue());
                open.put(id, new Saying(id, entry.path("partner").asString(), answer));
            }
        } catch (JacksonException torn) {
            LOG.info("A torn line in {} is left out", file.getFileName());
        }
    }

    synchronized Iterable<Saying> left() {
        return List.copyOf(open.values());
    }

    synchronized void add(Saying saying) {
        open.put(saying.id(), saying);
        append(line(saying));
    }

    synchronized void done(Saying saying) {
        if (open.remove(saying.id()) != null) {
            append(Answer.JSON.writeValueAsString(
                    Answer.JSON.createObjectNode().put("id", saying.id()).put("done", true)));
        }
    }

    private static String line(Saying saying) {
        ObjectNode entry = Answer.JSON
                .createObjectNode()
                .put("id", saying.id())
                .put("partner", saying.partner())
                .put("mediaType", saying.answer().mediaType())
                .put("body", saying.answer().body());
        return Answer.JSON.writeValueAsString(entry);
    }

    private void append(String line) {
        try {
            Files.writeString(file, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
