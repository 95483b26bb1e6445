package org.shuniu.channel;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.sftp.client.SftpClient;
import org.apache.sshd.sftp.client.SftpClient.CloseableHandle;
import org.apache.sshd.sftp.client.SftpClient.OpenMode;
import org.apache.sshd.sftp.client.extensions.openssh.OpenSSHFsyncExtension;
import org.apache.sshd.sftp.common.SftpConstants;
import org.apache.sshd.sftp.common.SftpException;

/** One visit to a partner's SFTP server. */
public final class FileVisit implements AutoCloseable {

    private static final int PIECE = 32 * 1024;
    private static final int MOST_ENTRIES = 10_000;
    private static final String UNFINISHED = ".part";
    private static final String READ = ".read";
    /** So many before may be paused. */
    private static final int TURNS = 100;

    private final Deadline deadline;
    private final ClientSession session;
    private final SftpClient sftp;
    /** What visits that were cut off have left, by directory, as far as it was listed. */
    private final Map<String, List<String>> aside = new HashMap<>();

    FileVisit(Deadline deadline, ClientSession session, SftpClient sftp) {
        this.deadline = deadline;
        this.session = session;
        this.sftp = sftp;
    }

    /** The plain files of a directory whose names are wanted; no more than a bounded number. */
    public List<RemoteFile> list(String directory, Predicate<String> wanted) throws IOException {
        List<RemoteFile> files = new ArrayList<>();
        List<String> left = new ArrayList<>();
        aside.put(directory, left);
        try {
            for (SftpClient.DirEntry entry : sftp.readDir(directory)) {
                String name = entry.getFilename();
                boolean is = entry.getAttributes().isRegularFile() && wanted.test(name);
                if (is && files.size() < MOST_ENTRIES) {
                    files.add(file(name, entry.getAttributes()));
                }
                if (name.startsWith(".") && name.endsWith(READ) && left.size() < MOST_ENTRIES) {
                    left.add(name);
                }
            }
        } catch (UncheckedIOException broken) {
            throw broken.getCause();
        }
        return files;
    }

    private static RemoteFile file(String name, SftpClient.Attributes attributes) {
        return new RemoteFile(
                name,
                attributes.getSize(),
                attributes.getModifyTime().toInstant().truncatedTo(ChronoUnit.MILLIS));
    }

    /** A file's bytes, and none beyond the size that was listed but one: whoever gets more sees that the file grows. */
    public byte[] read(String directory, RemoteFile file) throws IOException {
        try (InputStream in = sftp.read(path(directory, file.name()))) {
            return in.readNBytes(Math.toIntExact(file.size() + 1));
        }
    }

    /** As {@link #write(String, String, byte[], Turn)} by whoever is alone. */
    public void write(String directory, String name, byte[] content) throws IOException {
        write(directory, name, content, Turn.only());
    }

    /**
     * Writes a file so that nobody ever sees half of it: under another name, on the disk where the server can say so, then
     * renamed. A file of that name and size is that file.
     *
     * <p>Whoever takes over removes first what those before have not finished: one of them that wakes up finds nothing to rename.
     * By name, since a directory may be written to that may not be listed.
     *
     * @throws Turn.Lost when another has taken over meanwhile
     */
    public void write(String directory, String name, byte[] content, Turn turn) throws IOException {
        requireTurn(turn);
        delete(directory, "." + name + UNFINISHED);
        for (long before = Math.max(1, turn.number() - TURNS); before < turn.number(); before++) {
            delete(directory, aside(name, Long.toString(before), UNFINISHED));
        }
        String target = path(directory, name);
        if (size(target).filter(size -> size == content.length).isPresent()) {
            return;
        }
        String own = aside(name, Long.toString(turn.number()), UNFINISHED);
        write(path(directory, own), content);
        try {
            requireTurn(turn);
        } catch (Turn.Lost taken) {
            delete(directory, own);
            throw taken;
        }
        sftp.rename(path(directory, own), target);
    }

    private static void requireTurn(Turn turn) throws Turn.Lost {
        if (!turn.stands().getAsBoolean()) {
            throw new Turn.Lost();
        }
    }

    private void write(String path, byte[] content) throws IOException {
        try (CloseableHandle handle = sftp.open(path, OpenMode.Write, OpenMode.Create, OpenMode.Truncate)) {
            for (int at = 0; at < content.length; at += PIECE) {
                sftp.write(handle, at, content, at, Math.min(PIECE, content.length - at));
            }
            OpenSSHFsyncExtension fsync = sftp.getExtension(OpenSSHFsyncExtension.class);
            if (fsync != null && fsync.isSupported()) {
                fsync.fsync(handle);
            }
        }
    }

    /** What visits that were cut off have left of a file that was listed; of a version before, without a number. */
    private List<String> left(String directory, String name) {
        return aside.getOrDefault(directory, List.of()).stream()
                .filter(found -> found.equals("." + name + READ) || found.startsWith(".%s.".formatted(name)))
                .toList();
    }

    private static String aside(String name, String visit, String ending) {
        return ".%s.%s%s".formatted(name, visit, ending);
    }

    private Optional<Long> size(String path) throws IOException {
        try {
            return Optional.of(sftp.stat(path).getSize());
        } catch (SftpException answer) {
            if (answer.getStatus() == SftpConstants.SSH_FX_NO_SUCH_FILE) {
                return Optional.empty();
            }
            throw answer;
        }
    }

    /** Deletes a file; one that is not there is deleted. */
    public void delete(String directory, String name) throws IOException {
        try {
            sftp.remove(path(directory, name));
        } catch (SftpException answer) {
            if (answer.getStatus() != SftpConstants.SSH_FX_NO_SUCH_FILE) {
                throw answer;
            }
        }
    }

    /**
     * Deletes a file when it holds what may go, and no other that took its name in the meantime: it is moved aside first, read
     * there, and put back when it is another.
     *
     * @param mayGo asked for what lies there now, of which no more than one byte beyond the listed size is read
     * @return where another file lies that could not be put back, because a third one has come; nothing is deleted while it lies
     *     there
     */
    public Optional<String> deleteWhen(String directory, RemoteFile listed, Predicate<byte[]> mayGo)
            throws IOException {
        for (String left : left(directory, listed.name())) {
            if (!mayGo.test(read(directory, new RemoteFile(left, listed.size(), listed.modified())))) {
                return Optional.of(path(directory, left));
            }
            delete(directory, left);
        }
        String place = path(directory, listed.name());
        // Another visit must never take what this one has moved for what it has read itself
        String own = aside(listed.name(), UUID.randomUUID().toString(), READ);
        RemoteFile aside = new RemoteFile(own, listed.size(), listed.modified());
        if (size(place).isEmpty()) {
            return Optional.empty();
        }
        sftp.rename(place, path(directory, aside.name()));
        if (mayGo.test(read(directory, aside))) {
            delete(directory, aside.name());
            return Optional.empty();
        }
        if (size(place).isPresent()) {
            return Optional.of(path(directory, aside.name()));
        }
        sftp.rename(path(directory, aside.name()), place);
        return Optional.empty();
    }

    private static String path(String directory, String name) {
        return directory + "/" + name;
    }

    @Override
    public void close() {
        deadline.close();
        session.close(true);
    }
}
