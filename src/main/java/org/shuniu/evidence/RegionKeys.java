package org.shuniu.evidence;

import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.shuniu.signature.VerifyingKey;
import org.shuniu.store.CaseFiles;

/** The keys by which lines of the exchange are verified; one that has no line in the evidence counts for nothing. */
final class RegionKeys {

    /** @param gone the first moment at which it was not in force any more, or null */
    record Known(String owner, VerifyingKey key, Instant gone) {

        boolean isValidAt(Instant moment) {
            // A process that has not heard of it yet goes on with it: the hub's own until it starts anew. And what was
            // signed
            // in a key's last moment is on record a moment later.
            Duration later = owner.equals(KeyRegister.HUB) ? Duration.ofDays(1) : Duration.ofMinutes(1);
            return !moment.isBefore(key.notBefore())
                    && moment.isBefore(key.notAfter().plus(Duration.ofMinutes(1)))
                    && (gone == null || moment.isBefore(gone.plus(later)));
        }
    }

    private final List<Known> known = new ArrayList<>();
    private final Set<String> recorded = new HashSet<>();
    private final List<String> faults = new ArrayList<>();

    static RegionKeys read(Connection snapshot) throws SQLException, IOException {
        RegionKeys keys = new RegionKeys();
        Rows.each(
                snapshot,
                "select partner, detail, digest from event where kind = '%s'".formatted(KeyRegister.IN_FORCE),
                row -> keys.recorded.add(
                        mark(row.getString("partner"), row.getString("detail"), row.getBytes("digest"))));
        Rows.each(snapshot, "select * from exchange_key order by partner, keyid, known_at", keys::take);
        return keys;
    }

    private static String mark(String owner, String detail, byte[] digest) {
        return "%s %s %s"
                .formatted(owner, detail, digest == null ? "" : HexFormat.of().formatHex(digest));
    }

    private void take(ResultSet row) throws SQLException {
        String owner = row.getString("partner");
        String place = "key %s of %s".formatted(row.getString("keyid"), owner);
        try {
            VerifyingKey key = KeyRegister.key(row);
            if (recorded.contains(mark(owner, KeyRegister.detail(key), KeyRegister.digest(key)))) {
                known.add(new Known(owner, key, CaseFiles.instant(row, "gone_at")));
            } else {
                faults.add(place + ": no line of the evidence says that it was in force so");
            }
        } catch (IllegalArgumentException unusable) {
            faults.add(place + ": " + unusable.getMessage());
        }
    }

    /** What is wrong with the keys themselves. */
    List<String> faults() {
        return faults;
    }

    List<VerifyingKey> at(String owner, String keyid, Instant moment) {
        return known.stream()
                .filter(one -> one.owner().equals(owner) && one.key().keyid().equals(keyid))
                .filter(one -> one.isValidAt(moment))
                .map(Known::key)
                .toList();
    }
}
