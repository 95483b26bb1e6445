package org.shuniu.trials;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The platform's own book: every receipt it was given, written before its next step. */
final class Journal implements AutoCloseable {

    /**
     * A receipt as the platform wrote it down.
     *
     * @param status 202 for a new message, 200 for a resend
     * @param receivers who will get it, as the receipt names them
     */
    record Receipt(String key, int status, String messageId, String caseNo, List<String> receivers, String bytes) {}

    private final Path file;
    private final Writer writer;

    Journal(Path file) {
        this.file = file;
        try {
            this.writer = Files.newBufferedWriter(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    synchronized Receipt write(String key, int status, String bytes) {
        ObjectNode line = JsonMapper.shared().createObjectNode();
        line.put("key", key).put("status", status).put("receipt", bytes);
        try {
            writer.write(line + "\n");
            writer.flush();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return receipt(line);
    }

    synchronized List<Receipt> read() {
        try {
            return Files.readAllLines(file).stream()
                    .map(line -> receipt(JsonMapper.shared().readTree(line)))
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static Receipt receipt(JsonNode line) {
        String bytes = line.path("receipt").asString();
        JsonNode receipt = JsonMapper.shared().readTree(bytes);
        List<String> receivers = new ArrayList<>();
        receipt.path("receivers").forEach(receiver -> receivers.add(receiver.asString()));
        return new Receipt(
                line.path("key").asString(),
                line.path("status").asInt(),
                receipt.path("messageId").asString(),
                receipt.path("caseNo").asString(),
                receivers,
                bytes);
    }

    @Override
    public void close() {
        try {
            writer.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
