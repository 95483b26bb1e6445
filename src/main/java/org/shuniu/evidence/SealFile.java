package org.shuniu.evidence;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.RandomAccessFile;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The seals outside the database, one a line, each on disk before the next is made.
 *
 * <p>Several processes may share the file, or have one each, into which also the seals of the others come.
 */
final class SealFile {

    static final String NAME = "seals.log";

    // Longer than any seal
    private static final int WINDOW = 1 << 18;

    private static final int LOCK_TRIES = 100;
    private static final Duration LOCK_PAUSE = Duration.ofMillis(20);

    private final Path file;

    SealFile(Path directory) {
        this.file = directory.resolve(NAME);
    }

    Path path() {
        return file;
    }

    /** What the seals after this one are, oldest first; none when it is the newest. */
    interface Following extends Function<Seal.Mark, List<Seal>> {}

    /**
     * Adds what follows its last line, while no other process writes it, and cuts off before what a crash left of a line.
     *
     * @return what its last line is then
     * @throws IllegalStateException while another process writes it
     */
    Seal.Mark extend(Following following) {
        try {
            Files.createDirectories(file.getParent());
            try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw");
                    FileLock lock = lock(bytes.getChannel())) {
                bytes.setLength(wholeLines(bytes));
                return append(bytes, last(bytes).orElse(Seal.ORIGIN), following);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException("The seals in %s cannot be read or written".formatted(file), failure);
        }
    }

    /** Bounded: one that is paused in the middle keeps it. */
    private FileLock lock(FileChannel channel) throws IOException {
        for (int i = 0; i < LOCK_TRIES; i++) {
            FileLock lock = tryLock(channel);
            if (lock != null) {
                return lock;
            }
            LockSupport.parkNanos(LOCK_PAUSE.toNanos());
        }
        throw new IllegalStateException("Another process writes %s".formatted(file));
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException ofThisProcess) {
            return null;
        }
    }

    private static Seal.Mark append(RandomAccessFile bytes, Seal.Mark end, Following following) throws IOException {
        Seal.Mark last = end;
        List<Seal> more = following.apply(last);
        while (!more.isEmpty()) {
            for (Seal seal : more) {
                bytes.seek(bytes.length());
                bytes.write((seal.line() + "\n").getBytes(StandardCharsets.UTF_8));
            }
            bytes.getChannel().force(true);
            last = more.get(more.size() - 1).mark();
            more = following.apply(last);
        }
        return last;
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
