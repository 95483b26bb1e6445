package org.shuniu.evidence;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.shuniu.store.CaseFiles;

/**
 * The signed heads of the chains that moved, chained to the seal before it.
 *
 * @param heads each as {@link Head#sealed(boolean)}
 * @param signer names the key
 */
record Seal(long no, Instant at, List<String> heads, byte[] hash, String signer, byte[] signature) {

    /** A sealed head as it is read back. */
    record SealedHead(String chain, long seq, byte[] hash, boolean end) {

        /** @throws IllegalArgumentException when it is no sealed head */
        static SealedHead of(String text) {
            String[] parts = text.split(":");
            if (parts.length < 3 || parts.length > 4) {
                throw new IllegalArgumentException("Not a sealed head");
            }
            return new SealedHead(
                    parts[0], Long.parseLong(parts[1]), HexFormat.of().parseHex(parts[2]), parts.length == 4);
        }
    }

    /** A seal's place in the chain of seals. */
    record Mark(long no, byte[] hash) {

        /** @throws IllegalArgumentException when it is no line of the file of seals */
        static Mark of(String line) {
            String[] fields = line.split("\t", -1);
            if (fields.length != FIELDS) {
                throw new IllegalArgumentException(
                        "A line of the file of seals has %d fields; expected %d".formatted(fields.length, FIELDS));
            }
            return new Mark(Long.parseLong(fields[0]), HEX.parseHex(fields[3]));
        }

        /** As opening lines name it. */
        String text() {
            return no == 0 ? "no seal" : "seal %d %s".formatted(no, HEX.formatHex(hash));
        }
    }

    /** Of a line of the file of seals. */
    static Seal of(String line) {
        Mark mark = Mark.of(line);
        String[] fields = line.split("\t", -1);
        return new Seal(
                mark.no(),
                Instant.parse(fields[1]),
                List.of(fields[2].split(",")),
                mark.hash(),
                fields[4],
                HEX.parseHex(fields[5]));
    }

    /** What the first seal follows. */
    static final Mark ORIGIN = new Mark(0, new Sm3().origin("seals"));

    private static final HexFormat HEX = HexFormat.of();
    private static final int FIELDS = 6;

    /** Some of what follows a number, oldest first. */
    static final String FOLLOWING = "select * from seal where no > ? order by no limit 1000";

    /** Of {@link #columns()}. */
    static final String KEEP = "insert into seal (no, at, heads, hash, signer, signature) values (?, ?, ?, ?, ?, ?)";

    static Seal after(Mark previous, Instant at, List<String> heads, SealKey key) {
        Instant kept = Moments.kept(at);
        long no = previous.no() + 1;
        byte[] hash = new Sm3().link(previous.hash(), canonical(no, kept, heads));
        return new Seal(no, kept, heads, hash, key.id(), key.sign(hash));
    }

    private static String canonical(long no, Instant at, List<String> heads) {
        return new CanonicalLine(no).time(at).text(String.join(",", heads)).toString();
    }

    boolean follows(Mark previous) {
        return Arrays.equals(hash, new Sm3().link(previous.hash(), canonical(no, at, heads)));
    }

    Object[] columns() {
        return new Object[] {no, CaseFiles.utc(at), String.join("\n", heads), hash, signer, signature};
    }

    Mark mark() {
        return new Mark(no, hash);
    }

    /** One line of the file of seals. */
    String line() {
        return String.join(
                "\t",
                Long.toString(no),
                at.toString(),
                String.join(",", heads),
                HEX.formatHex(hash),
                signer,
                HEX.formatHex(signature));
    }

    static Seal read(ResultSet row, int number) throws SQLException {
        return new Seal(
                row.getLong("no"),
                row.getObject("at", OffsetDateTime.class).toInstant(),
                row.getString("heads").lines().toList(),
                row.getBytes("hash"),
                row.getString("signer"),
                row.getBytes("signature"));
    }
}
