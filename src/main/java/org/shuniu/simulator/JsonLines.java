package org.shuniu.simulator;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A file of one JSON object a line that only grows; each line is on the disk before the call returns. */
final class JsonLines implements AutoCloseable {
    private final FileChannel channel;

    private JsonLines(FileChannel channel) {
        this.channel = channel;
    }

    /** Reads the lines that are whole, cuts off one that a crash tore, and opens the file for more. */
    static JsonLines open(Path file, Consumer<JsonNode> line) {
        try {
            Files.createDirectories(file.getParent());
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            channel.truncate(readWholeLines(file, line));
            channel.position(channel.size());
            return new JsonLines(channel);
        } catch (IOException e) {
            throw new UncheckedIOException("File " + file + ": expected to read and write it", e);
        }
    }

    synchronized void append(JsonNode line) {
        try {
            ByteBuffer bytes = ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(false);
        } catch (IOException e) {
            throw new UncheckedIOException("A line could not be written", e);
        }
    }

    @Override
    public synchronized void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException("A file could not be closed", e);
        }
    }

    private static long readWholeLines(Path file, Consumer<JsonNode> line) throws IOException {
        JsonMapper json = JsonMapper.shared();
        ByteArrayOutputStream current = new ByteArrayOutputStream();
        long whole = 0;
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
            for (int next = in.read(); next >= 0; next = in.read()) {
                if (next != '\n') {
                    current.write(next);
                    continue;
                }
                line.accept(json.readTree(current.toByteArray()));
                whole += current.size() + 1;
                current.reset();
            }
        }
        return whole;
    }
}
