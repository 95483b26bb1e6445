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

    /** Of an attachment that is removed nothing stays. */
    private static final String REPLACED = """
            select storage_name from attachment_replaced r where replaced_at < now() - ? * interval '1 second'
                or not exists (select 1 from attachment a where a.partner = r.partner and a.digest = r.digest)
            limit ?
            """;

    private final JdbcTemplate sql;
    private final Path directory;
    private final Vault vault;
    private final AttachmentProperties limits;
    private final UploadsUnderWay underWay;
    private final UploadRows uploads;

    public AttachmentStore(JdbcTemplate sql, Path directory, Vault vault, AttachmentProperties limits) {
        this.sql = sql;
        this.directory = directory;
        this.vault = vault;
        this.limits = limits;
        this.uploads = new UploadRows(sql);
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
            Optional<Stored> done = whole(partner, digest);
            if (done.isPresent()) {
                return new State(done.get().length(), done.get().length(), true);
            }
            begin(partner, digest, part);
            try (UploadRows.Writing writing = uploads.take(partner, digest)) {
                return append(partner, digest, part, upload, writing);
            }
        } catch (IOException broken) {
            throw diskFails(broken);
        }
    }

    private State append(
            String partner, String digest, Part part, UploadsUnderWay.Upload upload, UploadRows.Writing writing)
            throws IOException {
        boolean goesOn = part.offset() != ANEW && writing.length() == part.length();
        SealedFile file = writing.isLeft() ? moved(writing, goesOn) : new SealedFile(directory, writing.name(), vault);
        requireOffset(part, goesOn ? file.durable() : 0);
        if (writing.length() != part.length()) {
            writing.sayLength(part.length());
        }
        InputStream content = new ArrivingContent(
                part.content(),
                limits.slowest().toBytes(),
                bytes -> {
                    upload.arrived(bytes);
                    writing.goOn();
                },
                System::nanoTime);
        long from = Math.max(part.offset(), 0);
        long at = file.append(from, content, part.length());
        require(part.check(), file, from);
        forceNames();
        writing.requireHeld();
        if (at < part.length()) {
            return new State(at, part.length(), false);
        }
        complete(partner, digest, part.length(), writing, file);
        return new State(at, part.length(), true);
    }

    private static void requireOffset(Part part, long here) {
        if (part.offset() != ANEW && part.offset() != here) {
            throw new AttachmentRefused("offset-mismatch", 409, "The upload goes on at another offset", here);
        }
    }

    /**
     * Lets an upload go on in another file than one who left in the middle may still write.
     *
     * @param goesOn whether what that one has on disk is taken over; what cannot be opened comes once more
     */
    private SealedFile moved(UploadRows.Writing writing, boolean goesOn) throws IOException {
        SealedFile left = new SealedFile(directory, writing.name(), vault);
        UUID name = UUID.randomUUID();
        SealedFile file = new SealedFile(directory, name, vault);
        try {
            if (goesOn) {
                takeOver(left, file, writing);
            }
            writing.moveTo(name);
        } catch (IOException | RuntimeException failure) {
            file.delete();
            throw failure;
        }
        left.delete();
        return file;
    }

    private void takeOver(SealedFile left, SealedFile file, UploadRows.Writing writing) throws IOException {
        underWay.requireRoom(left.durable());
        try {
            left.resealInto(file, writing.length(), false, writing::goOn);
            forceNames();
        } catch (NoSuchFileException nothing) {
            LOG.info("The upload {} was left before anything of it was on disk", writing.name());
        } catch (VaultFailure torn) {
            LOG.info("The upload {} begins anew: {}", writing.name(), torn.getMessage());
            file.delete();
        }
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
            takeBack(file, from);
            throw refused;
        }
    }

    private static void takeBack(SealedFile file, long from) throws IOException {
        try {
            file.cut(from);
        } catch (NoSuchFileException taken) {
            LOG.info("Another goes on with an upload that was refused here");
        }
    }

    private void begin(String partner, String digest, Part part) {
        if (find("attachment_upload", partner, digest).isEmpty()) {
            requireOffset(part, 0);
            if (uploads.unfinished(partner) >= limits.unfinished()) {
                throw new AttachmentRefused(
                        "overloaded", 503, "%d of your uploads are not finished".formatted(limits.unfinished()));
            }
            uploads.begin(partner, digest, part.length());
        }
    }

    /** The bytes and their name are on disk before the row says so. */
    private void complete(String partner, String digest, long length, UploadRows.Writing writing, SealedFile file)
            throws IOException {
        if (!isOf(digest, file, length, writing)) {
            file.delete();
            writing.remove();
            throw new AttachmentRefused("digest-mismatch", 422, "The content has another digest than its address says");
        }
        if (!writing.finish(length)) {
            // Whoever goes on in our place has a file of his own.
            file.delete();
            find("attachment", partner, digest).orElseThrow(AttachmentRefused::underWay);
        }
    }

    private void forceNames() throws IOException {
        try (FileChannel folder = FileChannel.open(directory, StandardOpenOption.READ)) {
            folder.force(true);
        }
    }

    /** Seals the file after {@code after} anew where another key than the current one sealed a part of it. */
    public Optional<AttachmentReseal.File> resealNext(String after) {
        return new AttachmentReseal(sql, uploads, directory, vault, underWay::requireRoom, underWay::alone).next(after);
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
        uploads.takeFile(upload.name(), limits.abandonedAfter()).ifPresent(writing -> {
            try (writing) {
                new SealedFile(directory, upload.name(), vault).delete();
                writing.remove();
            } catch (IOException failure) {
                throw diskFails(failure);
            }
        });
    }

    /** Removes files that were sealed anew so long ago that no backup needs them any more; how many, and never all at once. */
    public int removeReplaced() {
        List<UUID> replaced =
                sql.queryForList(REPLACED, UUID.class, limits.replacedAfter().toSeconds(), SWEPT_AT_ONCE);
        replaced.forEach(this::removeReplaced);
        return replaced.size();
    }

    /** A crash leaves the row, by which the file is found. */
    private void removeReplaced(UUID name) {
        try {
            new SealedFile(directory, name, vault).delete();
        } catch (IOException failure) {
            throw diskFails(failure);
        }
        sql.update("delete from attachment_replaced where storage_name = ?", name);
    }

    /** No other process of the hub works here: what an earlier one wrote is gone on with at once. */
    public void beginAlone() {
        uploads.freeAll();
    }

    /** What cannot be opened is wrong, too: a crash may leave a chunk that never came to the disk. */
    private static boolean isOf(String digest, SealedFile file, long length, UploadRows.Writing writing)
            throws IOException {
        try (InputStream content = file.open(0, length)) {
            MessageDigest running = ContentDigest.begin(digest.startsWith("sm3:") ? "sm3" : "sha-256")
                    .orElseThrow();
            byte[] buffer = new byte[SealedFile.CHUNK];
            for (int count = content.read(buffer); count >= 0; count = content.read(buffer)) {
                running.update(buffer, 0, count);
                writing.goOn();
            }
            return digest.endsWith(":" + HexFormat.of().formatHex(running.digest()));
        } catch (VaultFailure damaged) {
            return false;
        } catch (NoSuchFileException gone) {
            writing.requireHeld();
            throw gone;
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
