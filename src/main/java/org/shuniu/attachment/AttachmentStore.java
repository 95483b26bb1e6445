package org.shuniu.attachment;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.shuniu.vault.Vault;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;

/** Content-addressed attachments, sealed on disk, each partner in a namespace of its own. */
public final class AttachmentStore {

    /**
     * An attachment or the upload of one.
     *
     * @param offset how much of it is safely here
     * @param length of the whole, or -1 while nobody has said it
     */
    record State(long offset, long length, boolean complete) {}

    private record Stored(UUID name, Long length) {}

    private static final Logger LOG = LoggerFactory.getLogger(AttachmentStore.class);
    private static final Pattern DIGEST = Pattern.compile("sha256:[0-9a-f]{64}");

    private final JdbcTemplate sql;
    private final Path directory;
    private final Vault vault;
    private final AttachmentProperties limits;
    private final Set<String> busy = ConcurrentHashMap.newKeySet();

    public AttachmentStore(JdbcTemplate sql, Path directory, Vault vault, AttachmentProperties limits) {
        this.sql = sql;
        this.directory = directory;
        this.vault = vault;
        this.limits = limits;
        try {
            Files.createDirectories(directory);
        } catch (IOException failure) {
            throw new UncheckedIOException("The attachment directory cannot be made", failure);
        }
    }

    /** Which of these digests the partner has not uploaded whole. */
    public Set<String> missing(String partner, Collection<String> digests) {
        Set<String> missing = new HashSet<>(digests);
        sql.query(
                "select digest from attachment where partner = ? and digest = any(?)",
                row -> {
                    missing.remove(row.getString("digest"));
                },
                partner,
                new TreeSet<>(digests).toArray(String[]::new));
        return missing;
    }

    Optional<State> state(String partner, String digest) {
        requireDigest(digest);
        Optional<State> complete =
                find("attachment", partner, digest).map(done -> new State(done.length(), done.length(), true));
        return complete.isPresent()
                ? complete
                : find("attachment_upload", partner, digest).map(upload -> {
                    long length = upload.length() == null ? -1 : upload.length();
                    return new State(durable(upload.name()), length, false);
                });
    }

    /**
     * Takes in a part of an attachment.
     *
     * @param offset where the part begins; 0 for a whole upload
     * @param length of the whole attachment
     */
    State append(String partner, String digest, long offset, long length, InputStream content) {
        requireDigest(digest);
        requireRoom(length);
        if (busy.stream().filter(one -> one.startsWith(partner + "/")).count() >= limits.parallel()) {
            throw new AttachmentRefused(
                    "overloaded", 503, "%d of your uploads are under way already".formatted(limits.parallel()));
        }
        if (!busy.add(partner + "/" + digest)) {
            throw new AttachmentRefused("state-conflict", 409, "Another upload of this attachment is under way");
        }
        try {
            return appendAlone(partner, digest, offset, length, content);
        } catch (IOException broken) {
            throw diskFails(broken);
        } finally {
            busy.remove(partner + "/" + digest);
        }
    }

    private State appendAlone(String partner, String digest, long offset, long length, InputStream content)
            throws IOException {
        Optional<Stored> done = find("attachment", partner, digest);
        if (done.isPresent()) {
            return new State(done.get().length(), done.get().length(), true);
        }
        Stored upload = begin(partner, digest, length);
        SealedFile file = new SealedFile(directory, upload.name(), vault);
        if (offset != 0 && offset != file.durable()) {
            throw new AttachmentRefused("offset-mismatch", 409, "The upload goes on at another offset", file.durable());
        }
        long at = file.append(offset, content, length);
        if (at < length) {
            return new State(at, length, false);
        }
        complete(partner, digest, length, upload.name(), file);
        return new State(length, length, true);
    }

    private Stored begin(String partner, String digest, long length) {
        sql.update("""
                insert into attachment_upload (partner, digest, length, storage_name) values (?, ?, ?, ?)
                on conflict (partner, digest) do update set length = excluded.length
                """, partner, digest, length, UUID.randomUUID());
        return find("attachment_upload", partner, digest).orElseThrow();
    }

    /** The bytes and their name are on disk before the row says so. */
    private void complete(String partner, String digest, long length, UUID name, SealedFile file) throws IOException {
        boolean right = digest.equals(digestOf(file, length));
        if (!right) {
            sql.update("delete from attachment_upload where partner = ? and digest = ?", partner, digest);
            file.delete();
            throw new AttachmentRefused("digest-mismatch", 422, "The content has another digest than its address says");
        }
        forceNames();
        sql.update("""
                with done as (delete from attachment_upload where partner = ? and digest = ?)
                insert into attachment (partner, digest, length, storage_name) values (?, ?, ?, ?)
                """, partner, digest, partner, digest, length, name);
    }

    private void forceNames() throws IOException {
        try (FileChannel folder = FileChannel.open(directory, StandardOpenOption.READ)) {
            folder.force(true);
        }
    }

    /** Seals the file after {@code after} anew where another key than the current one sealed a part of it. */
    public Optional<AttachmentReseal.File> resealNext(String after) {
        return new AttachmentReseal(sql, directory, vault, this::requireRoom, this::alone).next(after);
    }

    /** Runs while no upload of this attachment does; false when one is under way. */
    private boolean alone(String attachment, Runnable act) {
        if (!busy.add(attachment)) {
            return false;
        }
        try {
            act.run();
            return true;
        } finally {
            busy.remove(attachment);
        }
    }

    private static String digestOf(SealedFile file, long length) throws IOException {
        try (InputStream content = file.open(0, length)) {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            byte[] buffer = new byte[SealedFile.CHUNK];
            for (int count = content.read(buffer); count >= 0; count = content.read(buffer)) {
                sha256.update(buffer, 0, count);
            }
            return "sha256:" + HexFormat.of().formatHex(sha256.digest());
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** The content from an offset on. */
    InputStream open(String partner, String digest, long from) {
        try {
            return openNow(partner, digest, from);
        } catch (NoSuchFileException moved) {
            return openAgain(partner, digest, from);
        } catch (IOException failure) {
            throw diskFails(failure);
        }
    }

    private InputStream openNow(String partner, String digest, long from) throws IOException {
        Stored stored = find("attachment", partner, digest)
                .orElseThrow(() -> new AttachmentRefused("not-found", 404, "You have no attachment of this digest"));
        return new SealedFile(directory, stored.name(), vault).open(from, stored.length());
    }

    /** Its file was sealed anew, under another name, since the name was read. */
    private InputStream openAgain(String partner, String digest, long from) {
        try {
            return openNow(partner, digest, from);
        } catch (IOException failure) {
            throw diskFails(failure);
        }
    }

    private Optional<Stored> find(String table, String partner, String digest) {
        return sql
                .query(
                        "select storage_name, length from %s where partner = ? and digest = ?".formatted(table),
                        (row, number) ->
                                new Stored(row.getObject("storage_name", UUID.class), (Long) row.getObject("length")),
                        partner,
                        digest)
                .stream()
                .findFirst();
    }

    private long durable(UUID name) {
        try {
            return new SealedFile(directory, name, vault).durable();
        } catch (IOException failure) {
            throw diskFails(failure);
        }
    }

    private static AttachmentRefused diskFails(IOException failure) {
        LOG.error("The attachment disk fails: {}", failure.toString());
        return new AttachmentRefused("overloaded", 503, "The hub's disk does not take or give the attachment now");
    }

    private static void requireDigest(String digest) {
        if (!DIGEST.matcher(digest).matches()) {
            throw new AttachmentRefused(
                    "malformed-digest", 400, "The address must be sha256: and 64 lower-case hexadecimal digits");
        }
    }

    private void requireRoom(long length) {
        if (length > limits.largest().toBytes()) {
            throw new AttachmentRefused(
                    "too-large",
                    413,
                    "The attachment is longer than %d bytes"
                            .formatted(limits.largest().toBytes()));
        }
        if (directory.toFile().getUsableSpace() - length < limits.diskReserve().toBytes()) {
            throw new AttachmentRefused("overloaded", 503, "The hub has no room for the attachment now");
        }
    }
}
