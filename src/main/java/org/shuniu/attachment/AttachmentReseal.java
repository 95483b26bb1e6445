package org.shuniu.attachment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.shuniu.vault.Vault;
import org.shuniu.vault.VaultFailure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Seals the files of attachments and unfinished uploads anew: a new file is whole and on disk before the row names it, and
 * the old one goes only when the row no longer does.
 */
public final class AttachmentReseal {

    /**
     * A file that was looked at.
     *
     * @param at where to go on
     * @param keys 1 under each key that seals a part of it now
     */
    public record File(String at, Map<Integer, Long> keys, boolean moved) {}

    /** Runs an act while nobody uploads the attachment. */
    interface Alone {
        boolean run(String attachment, Runnable act);
    }

    private record Row(String table, String partner, String digest, UUID name, long length) {
        String at() {
            return partner + "/" + digest;
        }

        boolean complete() {
            return table.equals("attachment");
        }
    }

    private static final Logger LOG = LoggerFactory.getLogger(AttachmentReseal.class);
    private static final String NEXT = """
            select * from (
                select 'attachment' as place, partner, digest, storage_name, length from attachment
                union all
                select 'attachment_upload', partner, digest, storage_name, length from attachment_upload) stored
            where (partner, digest) > (?, ?) order by partner, digest limit 1
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
        int slash = after.lastIndexOf('/');
        return sql
                .query(
                        NEXT,
                        (row, number) -> new Row(
                                row.getString("place"),
                                row.getString("partner"),
                                row.getString("digest"),
                                row.getObject("storage_name", UUID.class),
                                row.getLong("length")),
                        slash < 0 ? "" : after.substring(0, slash),
                        after.substring(slash + 1))
                .stream()
                .findFirst();
    }

    private File reseal(Row row) {
        AtomicBoolean moved = new AtomicBoolean();
        Set<Integer> before = keys(row.name());
        if (before.stream().anyMatch(key -> key != vault.current())
                && !alone.run(row.at(), () -> moved.set(row.complete() ? moved(row) : movedUnwritten(row)))) {
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

    /** Another process may write it. */
    private boolean movedUnwritten(Row row) {
        return uploads.takeFile(row.name(), Duration.ZERO)
                .map(writing -> {
                    try (writing) {
                        return moved(row);
                    }
                })
                .orElse(false);
    }

    private boolean moved(Row row) {
        SealedFile old = new SealedFile(directory, row.name(), vault);
        UUID name = UUID.randomUUID();
        SealedFile anew = new SealedFile(directory, name, vault);
        try {
            requireRoom.accept(row.length());
            old.resealInto(anew, row.length(), row.complete());
            forceNames();
            boolean named = sql.update(
                            "update %s set storage_name = ? where partner = ? and digest = ? and storage_name = ?"
                                    .formatted(row.table()),
                            name,
                            row.partner(),
                            row.digest(),
                            row.name())
                    == 1;
            (named ? old : anew).delete();
            return named;
        } catch (IOException | VaultFailure | AttachmentRefused failure) {
            LOG.error("The attachment file {} stays under its old key: {}", row.name(), failure.getMessage());
            return false;
        }
    }

    private void forceNames() throws IOException {
        try (FileChannel folder = FileChannel.open(directory, StandardOpenOption.READ)) {
            folder.force(true);
        }
    }

    /** A crash may leave a file that no row names: the old one after the change, or the new one before it. */
    private void removeForgotten() {
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (names(file.getFileName().toString()).isEmpty()) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (IOException unreadable) {
            LOG.warn("Files that no row names were not looked for: {}", unreadable.getMessage());
        }
    }

    private List<Integer> names(String file) {
        return sql.queryForList("""
                select 1 from attachment where storage_name = ?::uuid
                union all select 1 from attachment_upload where storage_name = ?::uuid
                """, Integer.class, file, file);
    }
}
