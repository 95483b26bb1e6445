package org.shuniu.attachment;

import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The rows of uploads. Of all processes one at a time writes an upload's file. Whoever gave no sign for a while is followed by
 * another, which writes into a file of another name: so one who was paused and wakes up spoils nothing that counts.
 */
final class UploadRows {

    /** The right to write an upload's file, until it is closed. */
    final class Writing implements AutoCloseable {
        private final UUID writer;
        private final long length;
        private UUID name;
        private boolean left;
        private long nextSign = System.nanoTime() + SIGN_EVERY;

        private Writing(UUID writer, UUID name, long length, boolean left) {
            this.writer = writer;
            this.name = name;
            this.length = length;
            this.left = left;
        }

        /** Of the file. */
        UUID name() {
            return name;
        }

        /** Of the whole content, as it was said before; -1 where nobody has. */
        long length() {
            return length;
        }

        /** Whether one who left in the middle may still write this file: it may be read, and what is written goes elsewhere. */
        boolean isLeft() {
            return left;
        }

        /** Gives a sign where it is time for one. */
        void goOn() {
            if (System.nanoTime() > nextSign) {
                try {
                    requireHeld();
                } catch (DataAccessException away) {
                    LOG.warn("The upload {} goes on without a sign: {}", name, away.toString());
                }
            }
        }

        /** @throws AttachmentRefused when another writes in its place */
        void requireHeld() {
            nextSign = System.nanoTime() + SIGN_EVERY;
            require(sql.update(SIGN, LEASE.toMillis(), writer) == 1);
        }

        /** Says how long the whole will be. */
        void sayLength(long whole) {
            require(sql.update("update attachment_upload set length = ? where writer = ?", whole, writer) == 1);
        }

        /** From now on another file is the upload's, which nobody else knows and which is on disk. */
        void moveTo(UUID other) {
            require(sql.update("update attachment_upload set storage_name = ? where writer = ?", other, writer) == 1);
            name = other;
            left = false;
        }

        /** Makes it a whole attachment; false when it is another's now, or another has made one of it before. */
        boolean finish(long whole) {
            return sql.update(FINISH, writer, whole, name) == 1;
        }

        /** Removes the row. */
        void remove() {
            sql.update("delete from attachment_upload where writer = ?", writer);
        }

        @Override
        public void close() {
            try {
                sql.update(left ? LEAVE_AS_FOUND : LEAVE, writer);
            } catch (DataAccessException away) {
                LOG.warn(
                        "Others may go on with the upload {} in {} s only: {}",
                        name,
                        LEASE.toSeconds(),
                        away.toString());
            }
        }
    }

    private static final Logger LOG = LoggerFactory.getLogger(UploadRows.class);
    /** After which another goes on in the place of one who gives no sign. */
    private static final Duration LEASE = Duration.ofSeconds(30);

    private static final long SIGN_EVERY = TimeUnit.SECONDS.toNanos(5);

    private static final String BEGIN = """
            insert into attachment_upload (partner, digest, length, storage_name) values (?, ?, ?, ?)
            on conflict (partner, digest) do nothing
            """;
    private static final String FREE = "(writer is null or writer_until < now())";
    private static final String TAKE = """
            with free as (
                select storage_name, coalesce(length, -1) as length, writer is not null as is_left from attachment_upload
                where partner = ? and digest = ? and %s for update),
            taken as (
                update attachment_upload u set writer = ?, writer_until = now() + ? * interval '1 millisecond', touched_at = now()
                from free where u.storage_name = free.storage_name
                returning 1)
            select free.* from free cross join taken
            """.formatted(FREE);
    /** Whether somebody left it is not asked: whoever comes next takes it for so. */
    private static final String TAKE_FILE = """
            update attachment_upload set writer = ?, writer_until = now() + ? * interval '1 millisecond'
            where storage_name = ? and %s and touched_at <= now() - ? * interval '1 second'
            returning coalesce(length, -1)
            """.formatted(FREE);

    private static final String LEAVE =
            "update attachment_upload set writer = null, writer_until = null where writer = ?";
    private static final String LEAVE_AS_FOUND = "update attachment_upload set writer_until = 'epoch' where writer = ?";
    private static final String SIGN = """
            update attachment_upload set writer_until = now() + ? * interval '1 millisecond', touched_at = now() where writer = ?
            """;
    private static final String FINISH = """
            with done as (delete from attachment_upload where writer = ? returning partner, digest)
            insert into attachment (partner, digest, length, storage_name, unnamed_since)
            select partner, digest, ?, ?, now() from done on conflict (partner, digest) do nothing
            """;

    private final JdbcTemplate sql;

    UploadRows(JdbcTemplate sql) {
        this.sql = sql;
    }

    long unfinished(String partner) {
        return sql.queryForObject("select count(*) from attachment_upload where partner = ?", Long.class, partner);
    }

    /** Makes a row unless there is one. */
    void begin(String partner, String digest, long length) {
        sql.update(BEGIN, partner, digest, length, UUID.randomUUID());
    }

    /** @throws AttachmentRefused when another writes it */
    Writing take(String partner, String digest) {
        UUID writer = UUID.randomUUID();
        Optional<Writing> taken = sql
                .query(
                        TAKE,
                        (row, number) -> new Writing(
                                writer,
                                row.getObject("storage_name", UUID.class),
                                row.getLong("length"),
                                row.getBoolean("is_left")),
                        partner,
                        digest,
                        writer,
                        LEASE.toMillis())
                .stream()
                .findFirst();
        require(taken.isPresent());
        return taken.get();
    }

    /**
     * Takes the upload that has this file.
     *
     * @param untouchedFor how long nobody has gone on with it
     * @return nothing where another writes it, or has moved it
     */
    Optional<Writing> takeFile(UUID name, Duration untouchedFor) {
        UUID writer = UUID.randomUUID();
        return sql
                .query(
                        TAKE_FILE,
                        (row, number) -> new Writing(writer, name, row.getLong(1), true),
                        writer,
                        LEASE.toMillis(),
                        name,
                        untouchedFor.toSeconds())
                .stream()
                .findFirst();
    }

    /** Whoever wrote is dead, so that nobody is followed by another. */
    void freeAll() {
        sql.update("update attachment_upload set writer = null, writer_until = null where writer is not null");
    }

    private static void require(boolean held) {
        if (!held) {
            throw AttachmentRefused.underWay();
        }
    }
}
