package org.shuniu.evidence;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.time.DateTimeException;
import java.util.function.Consumer;
import org.springframework.jdbc.core.JdbcTemplate;

/** The seals outside the database beside those that a backup holds: the file of seals tells what was sealed after the backup. */
final class NewerSeals {

    private static final String NEWEST = "select * from seal order by no desc limit 1";
    private static final String HASH = "select hash from seal where no = ?";

    private final JdbcTemplate sql;
    private final SealFile file;
    private final SealKey key;
    private final Seal.Mark held;

    NewerSeals(JdbcTemplate sql, SealFile file, SealKey key) {
        this.sql = sql;
        this.file = file;
        this.key = key;
        this.held = sql.query(NEWEST, Seal::read).stream()
                .findFirst()
                .map(Seal::mark)
                .orElse(Seal.ORIGIN);
    }

    /** The newest that the backup holds. */
    Seal.Mark held() {
        return held;
    }

    /**
     * Reads the file to its end, however long it is.
     *
     * @param newer takes each seal that the backup does not hold
     * @return the newest seal of the file
     * @throws IllegalStateException when it is no file of this database, or was changed
     */
    Seal.Mark read(Consumer<Seal> newer) {
        Seal.Mark last = Seal.ORIGIN;
        try (SealFile.LineReader lines = file.reader()) {
            for (String line = lines.next(); line != null; line = lines.next()) {
                Seal seal = seal(line, last);
                if (seal.no() == held.no()) {
                    requireHeld(seal.mark());
                }
                if (seal.no() > held.no()) {
                    requireSigned(seal, last);
                    newer.accept(seal);
                }
                last = seal.mark();
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException("The seals in %s cannot be read".formatted(file.path()), unreadable);
        }
        requireHeld(last);
        return last;
    }

    private void requireHeld(Seal.Mark mark) {
        boolean beyond = mark.no() == 0 || mark.no() > held.no();
        if (!beyond
                && !sql.queryForList(HASH, byte[].class, mark.no()).stream()
                        .allMatch(hash -> MessageDigest.isEqual(hash, mark.hash()))) {
            throw strange(mark.no(), "is another one than the backup holds");
        }
    }

    private Seal seal(String line, Seal.Mark last) {
        try {
            Seal seal = Seal.of(line);
            if (seal.no() == last.no() + 1) {
                return seal;
            }
        } catch (IllegalArgumentException | DateTimeException strange) {
            throw strange(last.no() + 1, "is no seal");
        }
        throw strange(last.no() + 1, "is missing");
    }

    private void requireSigned(Seal seal, Seal.Mark last) {
        if (!seal.follows(last)) {
            throw strange(seal.no(), "does not follow the seal before it");
        }
        if (!seal.signer().equals(key.id()) || !key.signed(seal.hash(), seal.signature())) {
            throw strange(seal.no(), "was not signed by this hub's key");
        }
    }

    private IllegalStateException strange(long no, String what) {
        return new IllegalStateException(
                "seal %d in %s %s, expected the newest file of seals of the hub whose backup this is"
                        .formatted(no, file.path(), what));
    }

    /** Makes table and file the same: what one has more than the other, the other gets. */
    void level() {
        read(this::keep);
        file.extend(end -> sql.query(Seal.FOLLOWING, Seal::read, end.no()));
    }

    private void keep(Seal seal) {
        sql.update(Seal.KEEP, seal.columns());
    }
}
