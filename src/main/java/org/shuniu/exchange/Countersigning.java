package org.shuniu.exchange;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.shuniu.partner.ExchangeProfile;
import org.shuniu.partner.Partner;
import org.shuniu.reconciliation.CountFailed;
import org.shuniu.reconciliation.Difference;
import org.shuniu.signature.ChainHash;
import org.shuniu.signature.ContentDigest;
import org.shuniu.signature.MessageSigner;
import org.shuniu.store.Json;
import tools.jackson.databind.JsonNode;

/** Holds a region's manifest of a day beside the hub's own, signs what was found, and hands that to the region; once a day. */
final class Countersigning {

    private static final int AT_ONCE = 1_000;

    /** A chain that is longer when it is anchored first is taken as it is. */
    private static final int LONGEST_FIRST = 50_000;

    private final RegionCalls calls;
    private final Manifests manifests;
    private final ManifestLists lists;
    private final ManifestDifferences differences;
    private final ReceiptSigner signer;
    private final ExchangeProfiles profiles;
    private final Clock clock;

    Countersigning(
            RegionCalls calls,
            Manifests manifests,
            ManifestLists lists,
            ManifestDifferences differences,
            ReceiptSigner signer,
            ExchangeProfiles profiles,
            Clock clock) {
        this.calls = calls;
        this.manifests = manifests;
        this.lists = lists;
        this.differences = differences;
        this.signer = signer;
        this.profiles = profiles;
        this.clock = clock;
    }

    /**
     * The region's word is kept before the hub signs it; what the hub signs is kept once the region has it. Of two words for one
     * day the first counts, and the hub signs none.
     *
     * @return what the lists of the day, message by message, do not tell
     */
    List<Difference> countersign(Partner partner, RegionManifest theirs, LocalDate day)
            throws CountFailed, InterruptedException {
        if (manifests.isDone(partner.id(), day)) {
            return List.of();
        }
        ExchangeProfile profile = profiles.of(partner.id())
                .orElseThrow(() -> new CountFailed("the partner has no profile of the exchange any more"));
        RegionCalls.Answer answer = theirs.of(day);
        JsonNode said = RegionManifest.tree(answer.body());
        requireManifest(said, profile.party(), day);
        byte[] own = manifests
                .own(partner.id(), profile.party(), day)
                .orElseThrow(() -> new CountFailed("the day is long past"));
        if (!isFirst(partner.id(), day, answer)) {
            return List.of(new Difference(
                    Difference.Kind.ALTERED,
                    "manifest",
                    null,
                    "its manifest of %s is another one than it signed before".formatted(day)));
        }
        Optional<Difference> cut = follow(partner, theirs, day, said.path("chain"));
        List<Difference> named = new ArrayList<>(cut.stream().toList());
        int found = named.size() + differences(partner, theirs, day, said, Json.tree(own), named);
        sign(partner, day, answer.body(), found);
        return named;
    }

    private static void requireManifest(JsonNode said, String party, LocalDate day) throws CountFailed {
        boolean fits = said.path("kind").asString("").equals("MANIFEST")
                && said.path("day").asString("").equals(day.toString())
                && said.path("hub").asString("").equals(party)
                && said.path("chain").path("seq").isIntegralNumber()
                && said.path("chain").path("hash").asString("").matches("[0-9a-f]{64}");
        if (!fits) {
            throw new CountFailed("its manifest is of another day or hub, or says nothing of its chain");
        }
    }

    private boolean isFirst(String partner, LocalDate day, RegionCalls.Answer answer) {
        byte[] kept = manifests.keepTheirs(
                partner,
                day,
                new Manifests.Signed(
                        answer.body(),
                        answer.signature().base(),
                        answer.signature().signature(),
                        answer.signature().keyid()));
        return Arrays.equals(kept, answer.body());
    }

    private void sign(Partner partner, LocalDate day, byte[] manifest, int found)
            throws CountFailed, InterruptedException {
        Instant now = clock.instant();
        byte[] word = Json.bytes(signer.signed("COUNTERSIGNED", now)
                .put("day", day.toString())
                .put("manifest", ContentDigest.of(manifest))
                .put("differences", found));
        try {
            MessageSigner.Signed signed = calls.post(partner, "/manifest/" + day, word, now);
            manifests.countersignedByHub(
                    partner.id(), day, new Manifests.Signed(word, signed.base(), signed.bytes(), signer.keyid(now)));
        } catch (RegionCalls.NotHad not) {
            throw new CountFailed(not.getMessage());
        }
    }

    /** Lists of equal digests are equal; others are held beside each other. */
    private int differences(
            Partner partner, RegionManifest theirs, LocalDate day, JsonNode said, JsonNode own, List<Difference> named)
            throws CountFailed, InterruptedException {
        int found = 0;
        if (!said.path("sent").equals(own.path("accepted"))) {
            Set<String> listed = listed(theirs, day, ManifestLists.Side.SENT);
            List<String> unlisted = unlisted(partner.id(), day, ManifestLists.Side.ACCEPTED, listed);
            unlisted.stream()
                    .map(id -> new Difference(
                            Difference.Kind.UNLISTED, id, null, "the region does not list it as sent on " + day))
                    .forEach(named::add);
            found += Math.max(1, listed.size() + unlisted.size());
        }
        if (!said.path("accepted").equals(own.path("sent"))) {
            Set<String> listed = listed(theirs, day, ManifestLists.Side.ACCEPTED);
            List<String> unlisted = unlisted(partner.id(), day, ManifestLists.Side.SENT, listed);
            named.addAll(differences.ofUnlisted(partner.id(), unlisted));
            found += Math.max(1, listed.size() + unlisted.size());
        }
        return found;
    }

    private static Set<String> listed(RegionManifest theirs, LocalDate day, ManifestLists.Side side)
            throws CountFailed, InterruptedException {
        Set<String> listed = new HashSet<>();
        theirs.each(day, side, (page, raw) -> page.forEach(said -> listed.add(said.messageId())));
        return listed;
    }

    /** What the hub lists and the region does not; what both list is taken out of the region's. */
    private List<String> unlisted(String partner, LocalDate day, ManifestLists.Side side, Set<String> listed) {
        List<String> unlisted = new ArrayList<>();
        String after = "";
        List<ManifestLists.Entry> page;
        do {
            page = lists.page(partner, side, day, after, AT_ONCE).orElseThrow();
            page.stream()
                    .map(ManifestLists.Entry::messageId)
                    .filter(id -> !listed.remove(id))
                    .forEach(unlisted::add);
            after = page.isEmpty() ? "" : ManifestLists.place(page.get(page.size() - 1));
        } while (page.size() == AT_ONCE);
        return unlisted;
    }

    /** Whether the region's chain leads on from where it stood in its last manifest: nothing of it may be cut off or written anew. */
    private Optional<Difference> follow(Partner partner, RegionManifest theirs, LocalDate day, JsonNode head)
            throws CountFailed, InterruptedException {
        Manifests.ChainHead anchor = manifests.anchor(partner.id(), day);
        long end = head.path("seq").asLong(0);
        if (anchor.seq() == 0 && end > LONGEST_FIRST) {
            return Optional.empty();
        }
        long seq = anchor.seq();
        byte[] hash = HexFormat.of().parseHex(anchor.hash());
        long before = -1;
        while (seq < end && seq > before) {
            before = seq;
            for (JsonNode step : theirs.steps(seq)) {
                if (seq < end && step.path("seq").asLong(0) == seq + 1) {
                    hash = ChainHash.of(hash, evidence(step));
                    seq++;
                }
            }
        }
        boolean leads = seq == end
                && HexFormat.of().formatHex(hash).equals(head.path("hash").asString(""));
        return leads
                ? Optional.empty()
                : Optional.of(new Difference(
                        Difference.Kind.ALTERED,
                        "chain",
                        null,
                        "the region's chain does not lead from line %d, which was anchored, to line %d of %s"
                                .formatted(anchor.seq(), end, day)));
    }

    private static byte[] evidence(JsonNode step) throws CountFailed {
        try {
            return Base64.getDecoder().decode(step.path("evidence").asString(""));
        } catch (IllegalArgumentException malformed) {
            throw new CountFailed("a step of its chain cannot be read");
        }
    }
}
