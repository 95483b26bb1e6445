package org.shuniu.attachment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongConsumer;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.shuniu.vault.Vault;
import org.shuniu.vault.VaultFailure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Seals the files of attachments and unfinished uploads anew: a new file is whole and on disk before the row names it, and
 * the old one goes only when the row no longer does, nor a backup whose folder is still to be copied.
 */
public final class AttachmentReseal {

    /**
     * A file that was looked at.
     *
     * @param at where to go on
     * @param keys 1 under each key that seals a part of it now
     */
    public record File(String at, Map<Integer, Long> keys, boolean moved) {}

    /** Runs an act while nobody in this process uploads the attachment. */
    interface Alone {
        boolean run(String attachment, Runnable act);
    }

    private record Row(String table, String partner, String digest, UUID name, long length) {
        String attachment() {
            return partner + "/" + digest;
        }

        String at() {
            return attachment() + "/" + table;
        }

        boolean complete() {
            return table.equals("attachment");
        }
    }

    private static final Logger LOG = LoggerFactory.getLogger(AttachmentReseal.class);
    private static final Pattern OWN_NAME = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    private static final Duration LONG_DONE = Duration.ofDays(1);
    private static final String NEXT = """
            select * from (
                select 'attachment' as place, partner, digest, storage_name, length from attachment
                union all
                select 'attachment_upload', partner, digest, storage_name, length from attachment_upload) stored
            where (partner, digest, place) > (?, ?, ?) order by partner, digest, place limit 1
            """;

    private static final String REPLACE = """
            with moved as (
                update attachment set storage_name = ? where partner = ? and digest = ? and storage_name = ?
                returning partner, digest)
            insert into attachment_replaced (storage_name, partner, digest) select ?, partner, digest from moved
            """;

    private final JdbcTemplate sql;
    private final UploadRows uploads;
    private final Path directory;
    private final Vault vault;
    private final LongConsumer requireRoom;
    private final Alone alone;

    AttachmentReseal(
            JdbcTemplate sql, UploadRows uploads, Path directory, Vault vault, LongConsumer requireRoom, Alone alone) {
        this.sql = sql;
        this.uploads = uploads;
        this.directory = directory;
        this.vault = vault;
        this.requireRoom = requireRoom;
        this.alone = alone;
    }

    Optional<File> next(String after) {
        if (after.isEmpty()) {
            removeForgotten();
        }
        return find(after).map(this::reseal);
    }

    private Optional<Row> find(String after) {
        String[] at = Arrays.copyOf(after.split("/", 3), 3);
        return sql
                .query(
                        NEXT,
                        (row, number) -> new Row(
                                row.getString("place"),
                                row.getString("partner"),
                                row.getString("digest"),
                                row.getObject("storage_name", UUID.class),
                                row.getLong("length")),
                        at[0],
                        Objects.requireNonNullElse(at[1], ""),
                        Objects.requireNonNullElse(at[2], ""))
                .stream()
                .findFirst();
    }

    private File reseal(Row row) {
        AtomicBoolean moved = new AtomicBoolean();
        Set<Integer> before = keys(row.name());
        if (before.stream().anyMatch(key -> key != vault.current())
                && !alone.run(row.attachment(), () -> moved.set(moved(row)))) {
            LOG.info("An upload is under way; its file is sealed anew in the next pass");
        }
        Set<Integer> now = moved.get() ? Set.of(vault.current()) : before;
        return new File(row.at(), now.stream().collect(Collectors.toMap(key -> key, key -> 1L)), moved.get());
    }

    private Set<Integer> keys(UUID name) {
        try {
            return new SealedFile(directory, name, vault).keys().keySet();
        } catch (IOException unreadable) {
            throw new UncheckedIOException("An attachment's file cannot be read", unreadable);
        }
    }

    private boolean moved(Row row) {
        return row.complete()
                ? moved(row, row.length(), name -> isNamed(row, name), () -> {})
                : uploads.takeFile(row.name(), Duration.ZERO)
                        .map(writing -> {
                            try (writing) {
                                return moved(row, writing.length(), name -> isMoved(writing, name), writing::goOn);
                            }
                        })
                        .orElseGet(() -> {
                            LOG.info("Another process writes an upload; its file is sealed anew in the next pass");
                            return false;
                        });
    }

    /** @param named makes the row name the new file, unless it names another by now */
    private boolean moved(Row row, long length, Predicate<UUID> named, Runnable goOn) {
        SealedFile old = new SealedFile(directory, row.name(), vault);
        UUID name = UUID.randomUUID();
        SealedFile anew = new SealedFile(directory, name, vault);
        try {
            requireRoom.accept(length);
            old.resealInto(anew, length, row.complete(), goOn);
            forceNames();
            boolean taken = named.test(name);
            if (!taken) {
                anew.delete();
            } else if (!row.complete()) {
                // An upload that a backup brings without its file begins anew.
                old.delete();
            }
            return taken;
        } catch (IOException | VaultFailure | AttachmentRefused failure) {
            LOG.error("The attachment file {} stays under its old key: {}", row.name(), failure.getMessage());
            remove(anew);
            return false;
        }
    }

    private static void remove(SealedFile half) {
        try {
            half.delete();
        } catch (IOException failure) {
            LOG.warn("A file that was not sealed to its end is left behind: {}", failure.getMessage());
        }
    }

    private boolean isNamed(Row row, UUID name) {
        return sql.update(REPLACE, name, row.partner(), row.digest(), row.name(), row.name()) == 1;
    }

    private static boolean isMoved(UploadRows.Writing writing, UUID name) {
        try {
            writing.moveTo(name);
            return true;
        } catch (AttachmentRefused followed) {
            return false;
        }
    }

    private void forceNames() throws IOException {
        try (FileChannel folder = FileChannel.open(directory, StandardOpenOption.READ)) {
            folder.force(true);
        }
    }

    /** A crash may leave a file that no row names: the new one before the change, or an upload's old one after it. */
    private void removeForgotten() {
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.filter(this::isLongDone).toList()) {
                if (names(file.getFileName().toString()).isEmpty()) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (IOException unreadable) {
            LOG.warn("Files that no row names were not looked for: {}", unreadable.getMessage());
        }
    }

    /** Another process makes a file before it is named; and on storage that many share there are other names. */
    private boolean isLongDone(Path file) {
        try {
            return OWN_NAME.matcher(file.getFileName().toString()).matches()
                    && Files.getLastModifiedTime(file)
                            .toInstant()
                            .isBefore(Instant.now().minus(LONG_DONE));
        } catch (IOException gone) {
            return false;
        }
    }

    private List<Integer> names(String file) {
        return sql.queryForList("""
                select 1 from attachment where storage_name = ?::uuid
                union all select 1 from attachment_upload where storage_name = ?::uuid
                union all select 1 from attachment_replaced where storage_name = ?::uuid
                """, Integer.class, file, file, file);
    }
}
