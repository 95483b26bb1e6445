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
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;
import org.shuniu.signature.ContentDigest;
import org.shuniu.vault.Vault;
import org.shuniu.vault.VaultFailure;
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
    public record State(long offset, long length, boolean complete) {}

    /**
     * A part of an attachment as it comes.
     *
     * @param offset where it begins; {@link #ANEW} for the whole, whatever is here of it
     * @param length of the whole attachment
     * @param check run when the part is on disk and before it counts; what it throws takes the part back
     */
    public record Part(long offset, long length, InputStream content, Runnable check) {}

    /** The offset of a part that is the whole. */
    public static final long ANEW = -1;

    private record Stored(UUID name, Long length) {}

    private record Begun(String partner, String digest, UUID name) {}

    private static final Logger LOG = LoggerFactory.getLogger(AttachmentStore.class);
    private static final Pattern DIGEST = Pattern.compile("(sha256|sm3):[0-9a-f]{64}");
    private static final String ABANDONED = "touched_at < now() - ? * interval '1 second'";
    private static final int SWEPT_AT_ONCE = 100;

    /** Whoever names one at this moment holds its row, and is waited for by nobody here. */
    private static final String GIVE_UP = """
            with unnamed as (
                select partner, digest from attachment a where unnamed_since < now() - ? * interval '1 second'
                    and not exists (select 1 from attachment_upload u where u.partner = a.partner and u.digest = a.digest)
                order by unnamed_since limit ? for update skip locked),
            gone as (
                delete from attachment a using unnamed u where a.partner = u.partner and a.digest = u.digest
                returning a.partner, a.digest, a.length, a.storage_name)
            insert into attachment_upload (partner, digest, length, storage_name, touched_at)
            select partner, digest, length, storage_name, 'epoch' from gone
            """;

    private final JdbcTemplate sql;
    private final Path directory;
    private final Vault vault;
    private final AttachmentProperties limits;
    private final UploadsUnderWay underWay;

    public AttachmentStore(JdbcTemplate sql, Path directory, Vault vault, AttachmentProperties limits) {
        this.sql = sql;
        this.directory = directory;
        this.vault = vault;
        this.limits = limits;
        this.underWay = new UploadsUnderWay(limits, () -> directory.toFile().getUsableSpace());
        try {
            Files.createDirectories(directory);
        } catch (IOException failure) {
            throw new UncheckedIOException("The attachment directory cannot be made", failure);
        }
    }

    /** How long each of these is, of those that the partner has uploaded whole. */
    public Map<String, Long> lengths(String partner, Collection<String> digests) {
        Map<String, Long> lengths = new HashMap<>();
        sql.query(
                "select digest, length from attachment where partner = ? and digest = any(?)",
                row -> {
                    lengths.put(row.getString("digest"), row.getLong("length"));
                },
                partner,
                new TreeSet<>(digests).toArray(String[]::new));
        return lengths;
    }

    /** @throws AttachmentRefused when the address is none of an attachment */
    public Optional<State> state(String partner, String digest) {
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
     * Takes in a part of an attachment. What a broken part brought in whole chunks stays, and the part that brings the last
     * byte shows whether the content is the one that its address says.
     *
     * @throws AttachmentRefused saying why not
     */
    public State append(String partner, String digest, Part part) {
        requireDigest(digest);
        requireSize(part.length());
        try (UploadsUnderWay.Upload upload =
                underWay.begin(partner, digest, part.length() - Math.max(part.offset(), 0))) {
            InputStream content =
                    new ArrivingContent(part.content(), limits.slowest().toBytes(), upload::arrived, System::nanoTime);
            return appendAlone(partner, digest, part, content);
        } catch (IOException broken) {
            throw diskFails(broken);
        }
    }

    private State appendAlone(String partner, String digest, Part part, InputStream content) throws IOException {
        Optional<Stored> done = whole(partner, digest);
        if (done.isPresent()) {
            return new State(done.get().length(), done.get().length(), true);
        }
        Optional<Stored> begun = find("attachment_upload", partner, digest);
        long here = begun.filter(upload -> upload.length() != null && upload.length() == part.length())
                .map(upload -> durable(upload.name()))
                .orElse(0L);
        if (part.offset() != ANEW && part.offset() != here) {
            throw new AttachmentRefused("offset-mismatch", 409, "The upload goes on at another offset", here);
        }
        Stored upload = begin(partner, digest, part.length(), begun.isEmpty());
        SealedFile file = new SealedFile(directory, upload.name(), vault);
        long from = Math.max(part.offset(), 0);
        long at = file.append(from, content, part.length());
        require(part.check(), file, from);
        forceNames();
        if (at < part.length()) {
            return new State(at, part.length(), false);
        }
        complete(partner, digest, part.length(), upload.name(), file);
        return new State(at, part.length(), true);
    }

    /** Of one that no message has named yet the time begins anew. */
    private Optional<Stored> whole(String partner, String digest) {
        sql.update(
                "update attachment set unnamed_since = now() where partner = ? and digest = ? and unnamed_since is not null",
                partner,
                digest);
        return find("attachment", partner, digest);
    }

    private static void require(Runnable check, SealedFile file, long from) throws IOException {
        try {
            check.run();
        } catch (RuntimeException refused) {
            file.cut(from);
            throw refused;
        }
    }

    private Stored begin(String partner, String digest, long length, boolean first) {
        if (first && unfinished(partner) >= limits.unfinished()) {
            throw new AttachmentRefused(
                    "overloaded", 503, "%d of your uploads are not finished".formatted(limits.unfinished()));
        }
        sql.update("""
                insert into attachment_upload (partner, digest, length, storage_name) values (?, ?, ?, ?)
                on conflict (partner, digest) do update set length = excluded.length, touched_at = now()
                """, partner, digest, length, UUID.randomUUID());
        return find("attachment_upload", partner, digest).orElseThrow();
    }

    private long unfinished(String partner) {
        return sql.queryForObject("select count(*) from attachment_upload where partner = ?", Long.class, partner);
    }

    /** The bytes and their name are on disk before the row says so. */
    private void complete(String partner, String digest, long length, UUID name, SealedFile file) throws IOException {
        if (!isOf(digest, file, length)) {
            file.delete();
            sql.update("delete from attachment_upload where partner = ? and digest = ?", partner, digest);
            throw new AttachmentRefused("digest-mismatch", 422, "The content has another digest than its address says");
        }
        forceNames();
        sql.update("""
                with done as (delete from attachment_upload where partner = ? and digest = ?)
                insert into attachment (partner, digest, length, storage_name, unnamed_since) values (?, ?, ?, ?, now())
                """, partner, digest, partner, digest, length, name);
    }

    private void forceNames() throws IOException {
        try (FileChannel folder = FileChannel.open(directory, StandardOpenOption.READ)) {
            folder.force(true);
        }
    }

    /** Seals the file after {@code after} anew where another key than the current one sealed a part of it. */
    public Optional<AttachmentReseal.File> resealNext(String after) {
        return new AttachmentReseal(sql, directory, vault, underWay::requireRoom, underWay::alone).next(after);
    }

    /**
     * Makes whole attachments that no message has named in time uploads that nobody goes on with, so that their files go before
     * their rows do; how many, and never all at once.
     */
    public int giveUpUnnamed() {
        return sql.update(GIVE_UP, limits.unnamedAfter().toSeconds(), SWEPT_AT_ONCE);
    }

    /** Removes uploads that nobody has gone on with for so long that nobody will; how many. */
    public int removeAbandoned() {
        List<Begun> abandoned = sql.query(
                "select partner, digest, storage_name from attachment_upload where " + ABANDONED
                        + " order by touched_at limit ?",
                (row, number) -> new Begun(
                        row.getString("partner"), row.getString("digest"), row.getObject("storage_name", UUID.class)),
                limits.abandonedAfter().toSeconds(),
                SWEPT_AT_ONCE);
        return (int) abandoned.stream()
                .filter(upload -> underWay.alone(upload.partner() + "/" + upload.digest(), () -> remove(upload)))
                .count();
    }

    /** Unless somebody went on with it meanwhile, or it has another file. A crash leaves the row, by which the file is found. */
    private void remove(Begun upload) {
        boolean abandoned = Boolean.TRUE.equals(sql.queryForObject(
                "select exists (select 1 from attachment_upload where storage_name = ? and %s)".formatted(ABANDONED),
                Boolean.class,
                upload.name(),
                limits.abandonedAfter().toSeconds()));
        if (!abandoned) {
            return;
        }
        try {
            new SealedFile(directory, upload.name(), vault).delete();
        } catch (IOException failure) {
            throw diskFails(failure);
        }
        sql.update("delete from attachment_upload where storage_name = ?", upload.name());
    }

    /** What cannot be opened is wrong, too: a crash may leave a chunk that never came to the disk. */
    private static boolean isOf(String digest, SealedFile file, long length) throws IOException {
        try (InputStream content = file.open(0, length)) {
            MessageDigest running = ContentDigest.begin(digest.startsWith("sm3:") ? "sm3" : "sha-256")
                    .orElseThrow();
            byte[] buffer = new byte[SealedFile.CHUNK];
            for (int count = content.read(buffer); count >= 0; count = content.read(buffer)) {
                running.update(buffer, 0, count);
            }
            return digest.endsWith(":" + HexFormat.of().formatHex(running.digest()));
        } catch (VaultFailure damaged) {
            return false;
        }
    }

    /** The content from an offset on. */
    public InputStream open(String partner, String digest, long from) {
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
                    "malformed-digest",
                    400,
                    "The address must be sha256: or sm3: and 64 lower-case hexadecimal digits");
        }
    }

    private void requireSize(long length) {
        if (length > limits.largest().toBytes()) {
            throw new AttachmentRefused(
                    "too-large",
                    413,
                    "The attachment is longer than %d bytes"
                            .formatted(limits.largest().toBytes()));
        }
    }
}
