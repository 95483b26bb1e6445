package org.shuniu.evidence;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.RandomAccessFile;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** The seals outside the database, one a line, each on disk before the next is made. */
final class SealFile {

    static final String NAME = "seals.log";

    // Longer than any seal
    private static final int WINDOW = 1 << 18;

    private final Path file;

    SealFile(Path directory) {
        this.file = directory.resolve(NAME);
    }

    Path path() {
        return file;
    }

    /** Cuts off what a crash left of a line; returns the last line that is whole. */
    Optional<Seal.Mark> mend() {
        try {
            Files.createDirectories(file.getParent());
            if (!Files.exists(file)) {
                return Optional.empty();
            }
            try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
                bytes.setLength(wholeLines(bytes));
                return last(bytes);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException("The seals in %s cannot be read".formatted(file), failure);
        }
    }

    private static long wholeLines(RandomAccessFile bytes) throws IOException {
        for (long end = bytes.length(); end > 0; end--) {
            bytes.seek(end - 1);
            if (bytes.read() == '\n') {
                return end;
            }
        }
        return 0;
    }

    private static Optional<Seal.Mark> last(RandomAccessFile bytes) throws IOException {
        long end = bytes.length();
        if (end == 0) {
            return Optional.empty();
        }
        long from = Math.max(0, end - WINDOW);
        byte[] tail = new byte[(int) (end - from)];
        bytes.seek(from);
        bytes.readFully(tail);
        String text = new String(tail, 0, tail.length - 1, StandardCharsets.UTF_8);
        return Optional.of(Seal.Mark.of(text.substring(text.lastIndexOf('\n') + 1)));
    }

    void append(Seal seal) {
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
            ByteBuffer line = ByteBuffer.wrap((seal.line() + "\n").getBytes(StandardCharsets.UTF_8));
            while (line.hasRemaining()) {
                channel.write(line);
            }
            channel.force(true);
        } catch (IOException failure) {
            throw new UncheckedIOException("Seal %d cannot be written to %s".formatted(seal.no(), file), failure);
        }
    }

    /** The lines, one at a time; a line without its end is not there yet. */
    LineReader reader() throws IOException {
        return new LineReader(Files.exists(file) ? file : null);
    }

    /** Reads whole lines only. */
    static final class LineReader implements AutoCloseable {

        private final BufferedReader lines;
        private final StringBuilder begun = new StringBuilder();

        private LineReader(Path file) throws IOException {
            lines = file == null
                    ? new BufferedReader(Reader.nullReader())
                    : new BufferedReader(new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8));
        }

        /** The next line, or null; later there may be more. */
        String next() throws IOException {
            for (int letter = lines.read(); letter >= 0; letter = lines.read()) {
                if (letter == '\n') {
                    String line = begun.toString();
                    begun.setLength(0);
                    return line;
                }
                begun.append((char) letter);
            }
            return null;
        }

        @Override
        public void close() throws IOException {
            lines.close();
        }
    }
}
