package org.shuniu.simulator;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A partner's own record of what was done to it, one line an effect, on disk before the answer leaves. */
final class Ledger implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Path file;
    private final FileChannel channel;
    private final Map<String, Instant> effects = new ConcurrentHashMap<>();

    private Ledger(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    static Ledger open(Path directory, String partner) {
        try {
            Files.createDirectories(directory);
            Path file = directory.resolve(partner + ".jsonl");
            dropTornLine(file);
            Ledger ledger = new Ledger(
                    file,
                    FileChannel.open(
                            file, StandardOpenOption.CREATE, StandardOpenOption.APPEND, StandardOpenOption.WRITE));
            Files.readAllLines(file).forEach(ledger::remember);
            return ledger;
        } catch (IOException failure) {
            throw new UncheckedIOException("The ledger of %s cannot be opened".formatted(partner), failure);
        }
    }

    private static void dropTornLine(Path file) throws IOException {
        if (!Files.exists(file)) {
            return;
        }
        byte[] bytes = Files.readAllBytes(file);
        int end = bytes.length;
        while (end > 0 && bytes[end - 1] != '\n') {
            end--;
        }
        if (end < bytes.length) {
            try (RandomAccessFile torn = new RandomAccessFile(file.toFile(), "rw")) {
                torn.setLength(end);
            }
        }
    }

    private void remember(String line) {
        JsonNode effect = JSON.readTree(line);
        effects.putIfAbsent(
                effect.path("messageId").asString(),
                Instant.parse(effect.path("at").asString()));
    }

    boolean knows(String messageId) {
        return effects.containsKey(messageId);
    }

    /** When the effect happened. */
    Instant at(String messageId) {
        return effects.get(messageId);
    }

    /** Writes one effect, whether or not the message had one before. */
    synchronized Instant write(String messageId, String caseNo, String effect) {
        Instant now = Instant.now();
        String line = JSON.writeValueAsString(JSON.createObjectNode()
                        .put("messageId", messageId)
                        .put("caseNo", caseNo)
                        .put("effect", effect)
                        .put("at", now.toString()))
                + "\n";
        try {
            channel.write(ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8)));
            channel.force(false);
        } catch (IOException failure) {
            throw new UncheckedIOException("The ledger %s cannot be written".formatted(file), failure);
        }
        effects.putIfAbsent(messageId, now);
        return effects.get(messageId);
    }

    /** Writes the effect of a message that has none yet. */
    synchronized Instant writeOnce(String messageId, String caseNo, String effect) {
        return knows(messageId) ? at(messageId) : write(messageId, caseNo, effect);
    }

    byte[] bytes() {
        try {
            return Files.readAllBytes(file);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
