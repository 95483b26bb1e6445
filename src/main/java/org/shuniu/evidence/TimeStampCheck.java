package org.shuniu.evidence;

import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.shuniu.store.CaseFiles;
import org.shuniu.store.StoredMessage;
import org.shuniu.timestamp.NotStamped;
import org.shuniu.timestamp.StampedLines;
import org.shuniu.timestamp.TimeStampAuthority;

/** Checks the time-stamps over the exchange's chains: each against the lines as they stand, its authority and its line in the evidence. */
final class TimeStampCheck {

    private static final String STAMPS = "select * from exchange_time_stamp order by partner, direction, to_seq";
    private static final String HASHES =
            "select hash from exchange_evidence where partner = ? and direction = ? and seq between ? and ? order by seq";
    private static final String RECORDED =
            "select partner, detail, digest from event where kind = '%s'".formatted(StampedLines.KIND);

    private final Connection snapshot;
    private final Optional<TimeStampAuthority> authority;
    private final TreeSet<String> recorded = new TreeSet<>();
    private final List<String> faults = new ArrayList<>();
    private long stamps;

    /** @param authority by which stamps are checked; without it only what they are about */
    TimeStampCheck(Connection snapshot, Optional<TimeStampAuthority> authority) {
        this.snapshot = snapshot;
        this.authority = authority;
    }

    void run() throws SQLException, IOException {
        Rows.each(
                snapshot,
                RECORDED,
                row -> recorded.add(mark(row.getString("partner"), row.getString("detail"), row.getBytes("digest"))));
        Rows.each(snapshot, STAMPS, this::check);
        recorded.forEach(missing -> faults.add("time-stamp of %s: it is missing, or another stands in its place"
                .formatted(missing.substring(0, missing.lastIndexOf(' ')))));
    }

    private static String mark(String partner, String detail, byte[] digest) {
        return "%s %s %s"
                .formatted(partner, detail, digest == null ? "" : HexFormat.of().formatHex(digest));
    }

    private void check(ResultSet row) throws SQLException, IOException {
        stamps++;
        StampedLines lines = lines(row);
        String place = "time-stamp of %s %s %d-%d"
                .formatted(lines.partner(), lines.direction(), lines.from(), row.getLong("to_seq"));
        byte[] answer = row.getBytes("answer");
        if (lines.hashes().isEmpty() || lines.to() != row.getLong("to_seq")) {
            faults.add(place + ": lines of its chain are missing");
        } else if (!Arrays.equals(lines.bytes(), row.getBytes("stamped"))) {
            faults.add(place + ": it is about other lines than those that stand in the chain");
        } else if (!recorded.remove(mark(lines.partner(), lines.detail(), StoredMessage.digestOf(answer)))) {
            faults.add(place + ": no line of the evidence says that it was had");
        } else if (authority.isPresent()) {
            checkAuthority(row, place, answer);
        }
    }

    private void checkAuthority(ResultSet row, String place, byte[] answer) throws SQLException {
        try {
            if (!authority
                    .orElseThrow()
                    .verify(row.getBytes("stamped"), answer)
                    .equals(CaseFiles.instant(row, "stamped_at"))) {
                faults.add(place + ": it was stamped at another time than its row says");
            }
        } catch (NotStamped not) {
            faults.add(place + ": " + not.getMessage());
        }
    }

    private StampedLines lines(ResultSet row) throws SQLException, IOException {
        String partner = row.getString("partner");
        String direction = row.getString("direction");
        long from = row.getLong("from_seq");
        List<byte[]> hashes = new ArrayList<>();
        Rows.each(
                snapshot,
                HASHES,
                List.of(partner, direction, from, row.getLong("to_seq")),
                line -> hashes.add(line.getBytes("hash")));
        return new StampedLines(partner, direction, from, hashes);
    }

    List<String> faults() {
        return faults;
    }

    /** What was looked at, to be added to the rest; nothing where there is no stamp. */
    String text() {
        if (stamps == 0) {
            return "";
        }
        return ", and %d time-stamp(s)%s"
                .formatted(stamps, authority.isPresent() ? "" : ", whose authority is not among the settings");
    }
}
