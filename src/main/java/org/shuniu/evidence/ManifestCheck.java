package org.shuniu.evidence;

import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.shuniu.store.CaseFiles;
import org.shuniu.store.Json;
import org.shuniu.store.StoredMessage;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Checks what the hub and each region said and signed of a day: that it is what the evidence has on record, that all of it is
 * there, whose signatures it bears, and that the chain that the hub's own word anchors leads through the line that it names.
 */
final class ManifestCheck {

    private static final String MADE = "manifest-made";
    private static final String RECEIVED = "manifest-received";
    private static final String COUNTERSIGNED = "manifest-countersigned";
    private static final String RECORDED =
            "select kind, partner, detail, digest from event where kind in ('%s', '%s', '%s')"
                    .formatted(MADE, RECEIVED, COUNTERSIGNED);
    private static final String ALL = "select * from exchange_manifest order by partner, day, side";
    private static final String LINE =
            "select hash from exchange_evidence where partner = ? and direction = 'received' and seq = ?";

    private final Connection snapshot;
    private final RegionKeys keys;
    private final List<String> faults = new ArrayList<>();
    private final TreeSet<String> recorded = new TreeSet<>();
    private final TreeSet<String> unseen = new TreeSet<>();
    private long manifests;

    ManifestCheck(Connection snapshot, RegionKeys keys) {
        this.snapshot = snapshot;
        this.keys = keys;
    }

    void run() throws SQLException, IOException {
        Rows.each(snapshot, RECORDED, row -> {
            byte[] digest = row.getBytes("digest");
            String partner = row.getString("partner");
            String mark = mark(row.getString("kind"), partner, row.getString("detail"), digest);
            recorded.add(mark);
            if (!row.getString("kind").equals(COUNTERSIGNED)) {
                unseen.add(mark);
            }
        });
        Rows.each(snapshot, ALL, this::check);
        unseen.forEach(mark -> faults.add("%s: it is on record, and is missing".formatted(mark)));
    }

    private static String mark(String kind, String partner, String day, byte[] digest) {
        return "%s of %s for %s (%s)"
                .formatted(
                        kind, partner, day, digest == null ? "" : HexFormat.of().formatHex(digest));
    }

    private void check(ResultSet row) throws SQLException, IOException {
        manifests++;
        String partner = row.getString("partner");
        String day = row.getString("day");
        boolean own = row.getString("side").equals("own");
        String place = "manifest of %s for %s (%s)".formatted(partner, day, row.getString("side"));
        byte[] manifest = row.getBytes("manifest");
        String mark = mark(own ? MADE : RECEIVED, partner, day, StoredMessage.digestOf(manifest));
        if (!recorded.contains(mark)) {
            faults.add(place + ": it is not the one that the evidence has on record");
        }
        unseen.remove(mark);
        if (own) {
            anchored(partner, manifest).ifPresent(fault -> faults.add(place + ": " + fault));
        } else {
            signed(row, partner, "manifest", "", "made_at").ifPresent(fault -> faults.add(place + ": " + fault));
        }
        byte[] word = row.getBytes("countersigned");
        if (word != null) {
            if (!recorded.contains(mark(COUNTERSIGNED, partner, day, StoredMessage.digestOf(word)))) {
                faults.add(place + ": its countersignature is not the one that the evidence has on record");
            }
            signed(row, own ? partner : KeyRegister.HUB, "countersigned", "counter_", "countersigned_at")
                    .ifPresent(fault -> faults.add(place + ", countersigned: " + fault));
        }
    }

    private Optional<String> signed(ResultSet row, String signer, String content, String prefix, String at)
            throws SQLException {
        return new SignedWord(
                        row.getBytes(content),
                        row.getString(prefix + "base"),
                        row.getBytes(prefix + "signature"),
                        row.getString(prefix + "keyid"),
                        CaseFiles.instant(row, at))
                .fault((keyid, moment) -> keys.at(signer, keyid, moment));
    }

    private Optional<String> anchored(String partner, byte[] manifest) throws SQLException, IOException {
        JsonNode chain;
        try {
            chain = Json.tree(manifest).path("chain");
        } catch (JacksonException malformed) {
            return Optional.of("it cannot be read");
        }
        long seq = chain.path("seq").asLong(-1);
        List<byte[]> lines = new ArrayList<>();
        Rows.each(snapshot, LINE, List.of(partner, seq), row -> lines.add(row.getBytes("hash")));
        byte[] hash = seq == 0 ? new byte[32] : lines.isEmpty() ? null : lines.get(0);
        return hash != null
                        && HexFormat.of()
                                .formatHex(hash)
                                .equals(chain.path("hash").asString(""))
                ? Optional.empty()
                : Optional.of("it anchors line %d of the chain, which is another one or missing".formatted(seq));
    }

    List<String> faults() {
        return faults;
    }

    long manifests() {
        return manifests;
    }
}
