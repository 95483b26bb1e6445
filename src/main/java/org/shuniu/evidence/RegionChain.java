package org.shuniu.evidence;

import java.security.MessageDigest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.Optional;
import org.shuniu.signature.ChainHash;
import org.shuniu.store.CaseFiles;
import org.shuniu.store.Json;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Checks one chain of the exchange line by line: its hashes, what each line says, and who signed it. */
final class RegionChain {

    /**
     * A line as it is kept.
     *
     * @param base what was signed where that is not the evidence itself but holds its digest, or null
     */
    record Line(
            long seq,
            String messageId,
            String kind,
            String receiver,
            Instant at,
            byte[] evidence,
            String base,
            byte[] signature,
            String keyid,
            byte[] prev,
            byte[] hash) {

        static Line read(ResultSet row) throws SQLException {
            return new Line(
                    row.getLong("seq"),
                    row.getString("message_id"),
                    row.getString("kind"),
                    row.getString("receiver"),
                    CaseFiles.instant(row, "at"),
                    row.getBytes("evidence"),
                    row.getString("base"),
                    row.getBytes("signature"),
                    row.getString("keyid"),
                    row.getBytes("prev"),
                    row.getBytes("hash"));
        }
    }

    private static final long MILLISECOND = 1_000;

    private final String name;
    private final boolean hubs;
    private final SignedWord.Keys keys;
    private long seq;
    private byte[] hash = new byte[32];
    private long sealed;

    /** @param hubs whether the hub itself signs the lines, each at its place */
    RegionChain(String name, boolean hubs, SignedWord.Keys keys) {
        this.name = name;
        this.hubs = hubs;
        this.keys = keys;
    }

    long seq() {
        return seq;
    }

    /** @throws EvidenceIsWrong when it is not the line that must follow */
    void check(Line line) {
        if (line.seq() != seq + 1) {
            throw new EvidenceIsWrong(
                    place(seq + 1), "it is missing; the next one is line %d (%s)".formatted(line.seq(), about(line)));
        }
        boolean fits = MessageDigest.isEqual(line.prev(), hash)
                && MessageDigest.isEqual(line.hash(), ChainHash.of(hash, line.evidence()));
        if (!fits) {
            throw wrong(line, "it does not fit its hash: it was changed, moved or put in");
        }
        requireSaid(line);
        requireSigned(line);
        seq = line.seq();
        hash = line.hash();
    }

    private void requireSaid(Line line) {
        JsonNode said;
        try {
            said = Json.tree(line.evidence());
        } catch (JacksonException malformed) {
            throw wrong(line, "what was signed cannot be read");
        }
        boolean agrees = said.path("kind").asString("").equals(line.kind())
                && said.path("messageId").asString("").equals(line.messageId())
                && (line.receiver().isEmpty() && !hubs
                        || said.path("receiver").asString("").equals(line.receiver()));
        if (!agrees || hubs && !isAt(said, line)) {
            throw wrong(line, "its row says something else than what was signed");
        }
        boolean placed = !hubs
                || !said.has("seq")
                || said.path("seq").asLong(0) == line.seq()
                        && said.path("prev").asString("").equals(HexFormat.of().formatHex(hash));
        if (!placed) {
            throw wrong(line, "it was signed for another place: the line before it is not the one that was there");
        }
    }

    /** A region's clock is its own; the hub signs the time that it keeps, cut to the millisecond, and the database rounds it. */
    private static boolean isAt(JsonNode said, Line line) {
        try {
            String text = said.path("acceptedAt").asString(said.path("at").asString(""));
            long later = ChronoUnit.MICROS.between(OffsetDateTime.parse(text).toInstant(), line.at());
            return later >= 0 && later <= MILLISECOND;
        } catch (DateTimeException malformed) {
            return false;
        }
    }

    private void requireSigned(Line line) {
        Optional<String> fault =
                new SignedWord(line.evidence(), line.base(), line.signature(), line.keyid(), line.at()).fault(keys);
        if (fault.isPresent()) {
            throw wrong(line, fault.get());
        }
    }

    /**
     * Holds the line that was checked last against a seal that saw it.
     *
     * @throws EvidenceIsWrong when the seal saw another
     */
    void requireSealed(long seal, byte[] seen) {
        if (!MessageDigest.isEqual(seen, hash)) {
            throw new EvidenceIsWrong(
                    place(seq),
                    "it is not the line that seal %d saw; of lines %d to %d at least one was rewritten, with all hashes after it"
                            .formatted(seal, sealed + 1, seq));
        }
        sealed = seq;
    }

    /** @throws EvidenceIsWrong when the chain once went on behind the line that was checked last */
    void requireEnd(String says, long end) {
        if (end > seq) {
            throw new EvidenceIsWrong(
                    place(seq + 1),
                    "it is missing, and all after it; %s says that the chain reached line %d".formatted(says, end));
        }
    }

    /** @throws EvidenceIsWrong when the chain's end is another than the one on record, after which the next line will come */
    void requireHead(long end, byte[] head) {
        requireEnd("the record of its end", end);
        if (end != seq || !MessageDigest.isEqual(head, hash)) {
            throw new EvidenceIsWrong(
                    place(seq), "the record of the chain's end is another line: it was put in or changed");
        }
    }

    private EvidenceIsWrong wrong(Line line, String what) {
        return new EvidenceIsWrong("%s (%s)".formatted(place(line.seq()), about(line)), what);
    }

    private String place(long line) {
        return "chain %s, line %d".formatted(name, line);
    }

    private static String about(Line line) {
        return "message %s, %s".formatted(line.messageId(), line.kind());
    }
}
