package org.shuniu.audit;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.jcajce.provider.digest.SM3;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Append-only log of what operators did; each line's hash is SM3 over the hash before it and its own canonical text, so
 * that a line cannot be changed, removed or moved unseen.
 */
public final class AuditLog {

    /** One line of the log. */
    public record Entry(long seq, Instant at, String actor, String action, String target, String detail) {
        private String canonical() {
            return String.join(
                    "\t", Long.toString(seq), at.toString(), flat(actor), flat(action), flat(target), flat(detail));
        }

        /** A field cannot pretend to be two. */
        private static String flat(String text) {
            return text.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n");
        }
    }

    private record Head(long seq, byte[] hash) {}

    private final JdbcTemplate sql;
    private final TransactionTemplate transaction;

    public AuditLog(JdbcTemplate sql, TransactionTemplate transaction) {
        this.sql = sql;
        this.transaction = transaction;
    }

    /** Writes a line in the caller's transaction, or in one of its own. */
    public void record(String actor, String action, String target, String detail) {
        transaction.executeWithoutResult(status -> append(actor, action, target, detail));
    }

    private void append(String actor, String action, String target, String detail) {
        Head head = sql.queryForObject(
                "select seq, hash from audit_head for update",
                (row, number) -> new Head(row.getLong("seq"), row.getBytes("hash")));
        Instant at = Instant.now().truncatedTo(ChronoUnit.MICROS);
        Entry entry = new Entry(head.seq() + 1, at, actor, action, target, detail);
        byte[] hash = hash(head.hash(), entry);
        sql.update(
                "insert into audit (seq, at, actor, action, target, detail, prev, hash) values (?, ?, ?, ?, ?, ?, ?, ?)",
                entry.seq(),
                at.atOffset(ZoneOffset.UTC),
                actor,
                action,
                target,
                detail,
                head.hash(),
                hash);
        sql.update("update audit_head set seq = ?, hash = ?", entry.seq(), hash);
    }

    private static byte[] hash(byte[] previous, Entry entry) {
        MessageDigest sm3 = new SM3.Digest();
        sm3.update(HexFormat.of().formatHex(previous).getBytes(StandardCharsets.US_ASCII));
        sm3.update((byte) '\n');
        return sm3.digest(entry.canonical().getBytes(StandardCharsets.UTF_8));
    }

    /** The number of the first line that does not fit, or nothing when the whole log does. */
    public Optional<Long> firstBroken() {
        long[] expected = {1};
        byte[][] previous = {new byte[32]};
        Long[] broken = {null};
        sql.query("select * from audit order by seq", row -> {
            Entry entry = new Entry(
                    row.getLong("seq"),
                    row.getObject("at", OffsetDateTime.class).toInstant(),
                    row.getString("actor"),
                    row.getString("action"),
                    row.getString("target"),
                    row.getString("detail"));
            byte[] hash = row.getBytes("hash");
            boolean fits = entry.seq() == expected[0] && MessageDigest.isEqual(hash, hash(previous[0], entry));
            if (!fits && broken[0] == null) {
                broken[0] = expected[0];
            }
            expected[0]++;
            previous[0] = hash;
        });
        Head head = sql.queryForObject(
                "select seq, hash from audit_head", (row, number) -> new Head(row.getLong(1), row.getBytes(2)));
        if (broken[0] == null && (head.seq() != expected[0] - 1 || !MessageDigest.isEqual(head.hash(), previous[0]))) {
            broken[0] = expected[0];
        }
        return Optional.ofNullable(broken[0]);
    }

    /** The newest lines, newest first. */
    public List<Entry> latest(int most) {
        return sql.query(
                "select * from audit order by seq desc limit ?",
                (row, number) -> new Entry(
                        row.getLong("seq"),
                        row.getObject("at", OffsetDateTime.class).toInstant(),
                        row.getString("actor"),
                        row.getString("action"),
                        row.getString("target"),
                        row.getString("detail")),
                most);
    }
}
