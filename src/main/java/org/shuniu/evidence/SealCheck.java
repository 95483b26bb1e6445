package org.shuniu.evidence;

import java.io.IOException;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Checks the seals: their chain, their signatures, and the table against the file. */
final class SealCheck {

    /** Within which a seal of another process comes into the file of one that runs. */
    private static final Duration ON_ITS_WAY = Duration.ofMinutes(1);

    private final SealFile file;
    private final SealKey key;
    private final Instant recent = Instant.now().minus(ON_ITS_WAY);
    private Seal.Mark last = Seal.ORIGIN;
    private @Nullable Seal unfiled;
    private final boolean filed;

    SealCheck(SealFile file, SealKey key) {
        this.file = file;
        this.key = key;
        this.filed = Files.exists(file.path());
    }

    /**
     * Returns how many seals the table holds.
     *
     * @param snapshot taken before this call, so that what the file says more is newer
     * @param now sees what was committed since
     */
    long run(Connection snapshot, Connection now) throws SQLException, IOException {
        try (SealFile.LineReader lines = file.reader()) {
            Rows.each(snapshot, "select * from seal order by no", row -> check(Seal.read(row, 0), lines));
            for (String line = lines.next(); line != null; line = lines.next()) {
                requireInTable(now, line);
            }
        }
        return last.no();
    }

    private void check(Seal seal, SealFile.LineReader lines) throws IOException {
        String where = "seal %d".formatted(seal.no());
        if (seal.no() != last.no() + 1) {
            throw new EvidenceIsWrong("seal %d".formatted(last.no() + 1), "it is missing in the table");
        }
        if (!seal.follows(last)) {
            throw new EvidenceIsWrong(where, "it does not fit its hash: it was changed, or the seal before it");
        }
        if (!seal.signer().equals(key.id()) || !key.signed(seal.hash(), seal.signature())) {
            throw new EvidenceIsWrong(where, "the hub's key did not sign it");
        }
        compare(seal, lines.next());
        last = seal.mark();
    }

    /** The newest seal may be on its way into the file, and into one that is there what several processes have sealed of late. */
    private void compare(Seal seal, @Nullable String line) {
        if (unfiled != null && (line != null || !filed || unfiled.at().isBefore(recent))) {
            throw new EvidenceIsWrong("seal %d".formatted(unfiled.no()), "it is missing in %s".formatted(file.path()));
        }
        if (line == null) {
            unfiled = seal;
        } else if (!line.equals(seal.line())) {
            throw new EvidenceIsWrong("seal %d".formatted(seal.no()), "it is another in %s".formatted(file.path()));
        }
    }

    private void requireInTable(Connection now, String line) throws SQLException {
        Seal.Mark mark;
        try {
            mark = Seal.Mark.of(line);
        } catch (IllegalArgumentException strange) {
            throw new EvidenceIsWrong(
                    "the line after seal %d in %s".formatted(last.no(), file.path()), "it is no seal");
        }
        try (var statement = now.prepareStatement("select * from seal where no = ?")) {
            statement.setLong(1, mark.no());
            try (ResultSet row = statement.executeQuery()) {
                if (!row.next() || !Seal.read(row, 0).line().equals(line)) {
                    throw new EvidenceIsWrong(
                            "seal %d".formatted(mark.no()),
                            "it stands in %s, but not in the table".formatted(file.path()));
                }
            }
        }
    }
}
