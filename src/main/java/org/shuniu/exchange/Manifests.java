package org.shuniu.exchange;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.shuniu.document.CaseTimes;
import org.shuniu.signature.ContentDigest;
import org.shuniu.store.CaseEvent;
import org.shuniu.store.CaseFiles;
import org.shuniu.store.EventLog;
import org.shuniu.store.Json;
import org.shuniu.store.Pools;
import org.shuniu.store.StoredMessage;
import tools.jackson.databind.node.ObjectNode;

/**
 * What both sides say of a day that is over: how much each sent and accepted, and where the hub's chain of the region's messages
 * ended. It is written once; whoever countersigns it anchors that chain.
 */
final class Manifests {

    /** Where a chain stood at a day's end. */
    record ChainHead(long seq, String hash) {
        static final ChainHead BEGINNING = new ChainHead(0, "0".repeat(64));
    }

    /**
     * What was signed of a manifest.
     *
     * @param base the signature base, which holds the digest of the body
     */
    record Signed(byte[] body, String base, byte[] signature, String keyid) {}

    /** The oldest day of which a manifest is still made; one that was made is kept for ever. */
    static final int OLDEST = 40;

    private static final String OWN = "own";
    private static final String THEIRS = "theirs";
    private static final String KEPT =
            "select manifest from exchange_manifest where partner = ? and day = ? and side = ?";
    private static final String KEEP = """
            insert into exchange_manifest (partner, day, side, manifest, base, signature, keyid, made_at)
            values (?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing
            """;
    private static final String COUNTERSIGN = """
            update exchange_manifest set countersigned = ?, counter_base = ?, counter_signature = ?, counter_keyid = ?,
                countersigned_at = ?
            where partner = ? and day = ? and side = ? and countersigned_at is null
            """;
    private static final String COUNTERSIGNED = """
            select exists (select 1 from exchange_manifest
                where partner = ? and day = ? and side = ? and countersigned_at is not null)
            """;
    private static final String LAST = """
            select manifest from exchange_manifest where partner = ? and day < ? and side = ? order by day desc limit 1
            """;
    private static final String HEAD = """
            select seq, hash from exchange_evidence where partner = ? and direction = 'received' and at < ?
            order by at desc, seq desc limit 1
            """;

    private final Pools.Door door;
    private final ManifestLists lists;
    private final EventLog events;
    private final ReceiptSigner signer;
    private final Clock clock;

    /** @param events in transactions of the same door */
    Manifests(Pools.Door door, ManifestLists lists, EventLog events, ReceiptSigner signer, Clock clock) {
        this.door = door;
        this.lists = lists;
        this.events = events;
        this.signer = signer;
        this.clock = clock;
    }

    /**
     * The hub's own manifest of a day, the same bytes each time.
     *
     * @param party the region's name
     * @return nothing while the day is not over, and of a day that is long past
     */
    Optional<byte[]> own(String partner, String party, LocalDate day) {
        return kept(partner, day, OWN).or(() -> make(partner, party, day));
    }

    /** One at a time: it reads a whole day. */
    private synchronized Optional<byte[]> make(String partner, String party, LocalDate day) {
        return kept(partner, day, OWN).or(() -> {
            Instant now = clock.instant();
            LocalDate oldest = now.atZone(CaseTimes.SHANGHAI).toLocalDate().minusDays(OLDEST);
            if (!ManifestLists.isOver(day, now) || day.isBefore(oldest)) {
                return Optional.empty();
            }
            byte[] manifest = Json.bytes(written(partner, party, day));
            keep(partner, day, OWN, new Signed(manifest, null, null, null), "manifest-made");
            return kept(partner, day, OWN);
        });
    }

    private Optional<byte[]> kept(String partner, LocalDate day, String side) {
        return door.sql().queryForList(KEPT, byte[].class, partner, day, side).stream()
                .findFirst();
    }

    private ObjectNode written(String partner, String party, LocalDate day) {
        ObjectNode manifest = signer.signed("MANIFEST", clock.instant());
        manifest.put("day", day.toString());
        manifest.put("from", ReceiptSigner.time(ManifestLists.start(day)));
        manifest.put("until", ReceiptSigner.time(ManifestLists.end(day)));
        manifest.put("partner", party);
        for (ManifestLists.Side side : ManifestLists.Side.values()) {
            ManifestLists.Summary summary = lists.summary(partner, side, day);
            manifest.putObject(side.word())
                    .put("count", summary.count())
                    .put("digest", ContentDigest.field(summary.digest()));
        }
        ChainHead head = head(partner, day);
        manifest.putObject("chain").put("seq", head.seq()).put("hash", head.hash());
        return manifest;
    }

    private ChainHead head(String partner, LocalDate day) {
        return door
                .sql()
                .query(
                        HEAD,
                        (row, number) ->
                                new ChainHead(row.getLong("seq"), HexFormat.of().formatHex(row.getBytes("hash"))),
                        partner,
                        CaseFiles.utc(ManifestLists.end(day)))
                .stream()
                .findFirst()
                .orElse(ChainHead.BEGINNING);
    }

    /**
     * Keeps what a region said of a day.
     *
     * @return its first word, which counts
     */
    byte[] keepTheirs(String partner, LocalDate day, Signed theirs) {
        keep(partner, day, THEIRS, theirs, "manifest-received");
        return kept(partner, day, THEIRS).orElseThrow();
    }

    private void keep(String partner, LocalDate day, String side, Signed said, String kind) {
        door.transaction().executeWithoutResult(status -> {
            Instant now = clock.instant();
            int kept = door.sql()
                    .update(
                            KEEP,
                            partner,
                            day,
                            side,
                            said.body(),
                            said.base(),
                            said.signature(),
                            said.keyid(),
                            CaseFiles.utc(now));
            if (kept == 1) {
                events.record(List.of(event(now, kind, partner, day, said.body())));
            }
        });
    }

    private static CaseEvent event(Instant now, String kind, String partner, LocalDate day, byte[] body) {
        return new CaseEvent(now, null, null, null, kind, partner, null, day.toString(), StoredMessage.digestOf(body));
    }

    /** Keeps what a region signed of the hub's own manifest. */
    void countersignedByRegion(String partner, LocalDate day, Signed word) {
        countersigned(partner, day, OWN, word);
    }

    /** Keeps what the hub signed of a region's manifest, once the region has it. */
    void countersignedByHub(String partner, LocalDate day, Signed word) {
        countersigned(partner, day, THEIRS, word);
    }

    private void countersigned(String partner, LocalDate day, String side, Signed word) {
        door.transaction().executeWithoutResult(status -> {
            Instant now = clock.instant();
            int first = door.sql()
                    .update(
                            COUNTERSIGN,
                            word.body(),
                            word.base(),
                            word.signature(),
                            word.keyid(),
                            CaseFiles.utc(now),
                            partner,
                            day,
                            side);
            if (first == 1) {
                events.record(List.of(event(now, "manifest-countersigned", partner, day, word.body())));
            }
        });
    }

    /** Whether the hub has countersigned the region's manifest of this day. */
    boolean isDone(String partner, LocalDate day) {
        return Boolean.TRUE.equals(door.sql().queryForObject(COUNTERSIGNED, Boolean.class, partner, day, THEIRS));
    }

    /** Where the region's chain of the hub's messages stood in its newest manifest before this day. */
    ChainHead anchor(String partner, LocalDate day) {
        return door.sql().queryForList(LAST, byte[].class, partner, day, THEIRS).stream()
                .findFirst()
                .map(manifest -> Json.tree(manifest).path("chain"))
                .map(chain -> new ChainHead(
                        chain.path("seq").asLong(0), chain.path("hash").asString("")))
                .orElse(ChainHead.BEGINNING);
    }
}
