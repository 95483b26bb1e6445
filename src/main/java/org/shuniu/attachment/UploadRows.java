package org.shuniu.attachment;

import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The rows of uploads. Of all processes one at a time writes an upload's file. Whoever gave no sign for a while is followed by
 * another under a new name of the file, so that one who was paused and wakes up writes where nobody reads.
 */
final class UploadRows {

    /** The right to write an upload's file, until it is closed. */
    final class Writing implements AutoCloseable {
        private final UUID writer;
        private final UUID name;
        private final long length;
        private final @Nullable UUID before;
        private long nextSign = System.nanoTime() + SIGN_EVERY;

        private Writing(UUID writer, UUID name, long length, @Nullable UUID before) {
            this.writer = writer;
            this.name = name;
            this.length = length;
            this.before = before;
        }

        /** Of the file. */
        UUID name() {
            return name;
        }

        /** Of the whole content, as it was said before; -1 where nobody has. */
        long length() {
            return length;
        }

        /** The file of one who left in the middle, or null: what is whole of it may be taken over. */
        @Nullable
        UUID before() {
            return before;
        }

        /** Gives a sign where it is time for one. */
        void goOn() {
            if (System.nanoTime() > nextSign) {
                requireHeld();
            }
        }

        /** @throws AttachmentRefused when another writes in its place */
        void requireHeld() {
            nextSign = System.nanoTime() + SIGN_EVERY;
            require(sql.update(SIGN, LEASE.toMillis(), writer) == 1);
        }

        /** Says how long the whole will be. */
        void ofLength(long whole) {
            require(sql.update("update attachment_upload set length = ? where writer = ?", whole, writer) == 1);
        }

        /** Makes it a whole attachment; false when another has made one of it before. */
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
                sql.update("update attachment_upload set writer = null, writer_until = null where writer = ?", writer);
            } catch (DataAccessException away) {
                LOG.warn("Others may go on with an upload in {} s only: {}", LEASE.toSeconds(), away.toString());
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
                select storage_name, length, writer is not null as left_behind from attachment_upload
                where partner = ? and digest = ? and %s for update),
            taken as (
                update attachment_upload u set writer = ?, writer_until = now() + ? * interval '1 millisecond', touched_at = now(),
                    storage_name = case when free.left_behind then ? else u.storage_name end
                from free where u.storage_name = free.storage_name
                returning u.storage_name)
            select taken.storage_name, coalesce(free.length, -1) as length,
                case when free.left_behind then free.storage_name end as before
            from taken cross join free
            """.formatted(FREE);
    private static final String TAKE_FILE = """
            update attachment_upload set writer = ?, writer_until = now() + ? * interval '1 millisecond'
            where storage_name = ? and %s and touched_at <= now() - ? * interval '1 second'
            returning coalesce(length, -1)
            """.formatted(FREE);
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
                                row.getObject("before", UUID.class)),
                        partner,
                        digest,
                        writer,
                        LEASE.toMillis(),
                        UUID.randomUUID())
                .stream()
                .findFirst();
        require(taken.isPresent());
        return taken.get();
    }

    /**
     * Takes the upload that has this file, and leaves its name.
     *
     * @param untouchedFor how long nobody has gone on with it
     * @return nothing where another writes it, or has moved it
     */
    Optional<Writing> takeFile(UUID name, Duration untouchedFor) {
        UUID writer = UUID.randomUUID();
        return sql
                .query(
                        TAKE_FILE,
                        (row, number) -> new Writing(writer, name, row.getLong(1), null),
                        writer,
                        LEASE.toMillis(),
                        name,
                        untouchedFor.toSeconds())
                .stream()
                .findFirst();
    }

    /** Nobody writes any more: the process that did is dead. */
    void leaveAll() {
        sql.update("update attachment_upload set writer = null, writer_until = null where writer is not null");
    }

    private static void require(boolean held) {
        if (!held) {
            throw new AttachmentRefused("state-conflict", 409, "Another upload of this attachment is under way");
        }
    }
}
