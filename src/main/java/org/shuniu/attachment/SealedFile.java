package org.shuniu.attachment;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.shuniu.vault.Vault;

/**
 * A file of sealed chunks: each is sealed for its own number, so that chunks cannot change places, and the last one says
 * that it is the last, so that a shortened file is noticed.
 *
 * <p>What counts after a broken upload is what whole chunks hold; the chunk length makes that a multiple of it.
 */
final class SealedFile {

    static final int CHUNK = 64 * 1024;
    private static final int OVERHEAD = 30;
    private static final int SEALED_CHUNK = CHUNK + OVERHEAD;

    private final Path path;
    private final UUID name;
    private final Vault vault;

    SealedFile(Path directory, UUID name, Vault vault) {
        this.path = directory.resolve(name.toString());
        this.name = name;
        this.vault = vault;
    }

    /** How many bytes of the content are safely on disk, in whole chunks; what is being written is waited for. */
    long durable() throws IOException {
        try (FileChannel file = FileChannel.open(path, StandardOpenOption.WRITE)) {
            long size = file.size();
            file.force(true);
            return size / SEALED_CHUNK * CHUNK;
        } catch (NoSuchFileException nothing) {
            return 0;
        }
    }

    /**
     * Appends content from {@code offset}, which must be what {@link #durable()} says.
     *
     * @param end whether the content ends with the stream; otherwise only whole chunks are kept
     * @return the length of the content that is now on disk
     */
    long append(long offset, InputStream content, long length) throws IOException {
        try (FileChannel file = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            long position = offset / CHUNK * SEALED_CHUNK;
            file.truncate(position);
            file.position(position);
            long at = offset;
            try {
                at = write(file, offset, content, length);
            } finally {
                file.force(true);
            }
            return at;
        }
    }

    /** Takes back what was appended from {@code offset} on. */
    void cut(long offset) throws IOException {
        try (FileChannel file = FileChannel.open(path, StandardOpenOption.WRITE)) {
            file.truncate(offset / CHUNK * SEALED_CHUNK);
            file.force(true);
        }
    }

    private long write(FileChannel file, long offset, InputStream content, long length) throws IOException {
        long at = offset;
        while (true) {
            byte[] plain = received(content);
            boolean last = at + plain.length == length;
            if (at + plain.length > length) {
                throw new AttachmentRefused("too-large", 413, "The content is longer than its Upload-Length");
            }
            if (plain.length < CHUNK && !last) {
                return at;
            }
            if (plain.length > 0 || last && at == 0) {
                ByteBuffer chunk = ByteBuffer.wrap(vault.sealUnbound(plain, place(at / CHUNK, last), name));
                while (chunk.hasRemaining()) {
                    file.write(chunk);
                }
            }
            at += plain.length;
            if (last) {
                return at;
            }
        }
    }

    /** The client is gone or will see the connection break; what is on disk counts. */
    private static byte[] received(InputStream content) {
        try {
            return content.readNBytes(CHUNK);
        } catch (IOException broken) {
            throw new AttachmentRefused("upload-broken", 400, "The upload broke off; ask by HEAD where to go on");
        }
    }

    private static String place(long number, boolean last) {
        return "attachment.%d%s".formatted(number, last ? ".last" : "");
    }

    /** Reads the content from an offset on; flat in memory. */
    InputStream open(long from, long length) throws IOException {
        InputStream file = Files.newInputStream(path);
        long first = from / CHUNK;
        file.skipNBytes(first * SEALED_CHUNK);
        InputStream content = new ChunkStream(file, first, length);
        content.skipNBytes(from - first * CHUNK);
        return content;
    }

    /** How many chunks each key sealed. */
    Map<Integer, Long> keys() throws IOException {
        Map<Integer, Long> keys = new TreeMap<>();
        if (!Files.exists(path)) {
            return keys;
        }
        try (FileChannel file = FileChannel.open(path, StandardOpenOption.READ)) {
            ByteBuffer head = ByteBuffer.allocate(2);
            for (long at = 0; file.read(head.clear(), at) == 2; at += SEALED_CHUNK) {
                keys.merge(head.get(1) & 0xFF, 1L, Long::sum);
            }
        }
        return keys;
    }

    /**
     * Seals the content anew in another file; what a broken upload left of a chunk is not taken over.
     *
     * @param length of the whole content, of which this file may hold less
     * @param goOn run after each chunk
     */
    void resealInto(SealedFile other, long length, boolean complete, Runnable goOn) throws IOException {
        try (InputStream from = Files.newInputStream(path);
                FileChannel to = FileChannel.open(
                        other.path,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE)) {
            byte[] sealed = from.readNBytes(SEALED_CHUNK);
            for (long number = 0; sealed.length == SEALED_CHUNK || complete && sealed.length > 0; number++) {
                String place = place(number, (number + 1) * CHUNK >= length);
                ByteBuffer chunk =
                        ByteBuffer.wrap(vault.sealUnbound(vault.open(sealed, place, name), place, other.name));
                while (chunk.hasRemaining()) {
                    to.write(chunk);
                }
                sealed = from.readNBytes(SEALED_CHUNK);
                goOn.run();
            }
            to.force(true);
        }
    }

    void delete() throws IOException {
        Files.deleteIfExists(path);
    }

    private final class ChunkStream extends InputStream {
        private final InputStream file;
        private final long length;
        private long number;
        private byte[] chunk = new byte[0];
        private int next;

        ChunkStream(InputStream file, long number, long length) {
            this.file = file;
            this.number = number;
            this.length = length;
        }

        @Override
        public int read() throws IOException {
            return fill() ? chunk[next++] & 0xFF : -1;
        }

        @Override
        public int read(byte[] target, int offset, int most) throws IOException {
            if (most == 0) {
                return 0;
            }
            if (!fill()) {
                return -1;
            }
            int count = Math.min(most, chunk.length - next);
            System.arraycopy(chunk, next, target, offset, count);
            next += count;
            return count;
        }

        private boolean fill() throws IOException {
            if (next < chunk.length) {
                return true;
            }
            long at = number * CHUNK;
            if (at >= length) {
                return false;
            }
            byte[] sealed = file.readNBytes(SEALED_CHUNK);
            chunk = vault.open(sealed, place(number, at + CHUNK >= length), name);
            number++;
            next = 0;
            return chunk.length > 0;
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
