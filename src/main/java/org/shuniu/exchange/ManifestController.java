package org.shuniu.exchange;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import org.shuniu.intake.SubmissionRefused;
import org.shuniu.partner.ExchangeProfile;
import org.shuniu.signature.ContentDigest;
import org.shuniu.store.Json;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Tells a region day by day what it and the hub have of each other, and takes its countersignature. */
@RestController
@RequestMapping(ExchangeDoor.ROOT + "/manifest/{day}")
@ConditionalOnProperty(name = "shuniu.exchange.enabled", havingValue = "true")
final class ManifestController extends ExchangeEntry {

    private static final int MOST = 1_000;

    private final Manifests manifests;
    private final ManifestLists lists;
    private final ReceiptSigner signer;
    private final Clock clock;

    ManifestController(Manifests manifests, ManifestLists lists, ReceiptSigner signer, Clock clock) {
        this.manifests = manifests;
        this.lists = lists;
        this.signer = signer;
        this.clock = clock;
    }

    @GetMapping
    ResponseEntity<byte[]> manifest(@PathVariable String day, HttpServletRequest request) {
        return signed(own(caller(request), date(day)));
    }

    private byte[] own(Caller caller, LocalDate day) {
        if (!ManifestLists.isOver(day, clock.instant())) {
            throw SubmissionRefused.of("day-not-over", 409, "There is no manifest before five minutes past midnight");
        }
        return manifests
                .own(caller.partner(), caller.profile().party(), day)
                .orElseThrow(
                        () -> SubmissionRefused.of("not-found", 404, "There is no manifest of a day so long past"));
    }

    /** One side of a day message by message, as it stands now; also of a day that is not over. */
    @GetMapping("/{list}")
    ResponseEntity<byte[]> list(
            @PathVariable String day,
            @PathVariable String list,
            @RequestParam(defaultValue = "") String after,
            @RequestParam(defaultValue = "1000") int max,
            HttpServletRequest request) {
        ManifestLists.Side side = ManifestLists.Side.of(list)
                .orElseThrow(() -> SubmissionRefused.of("not-found", 404, "There are the lists sent and accepted"));
        int most = Math.max(1, Math.min(max, MOST));
        List<ManifestLists.Entry> entries = lists.page(caller(request).partner(), side, date(day), after, most)
                .orElseThrow(
                        () -> SubmissionRefused.of("bad-request", 400, "after must be the next of an earlier page"));
        ObjectNode json = Json.object();
        json.putArray("entries");
        entries.forEach(entry -> json.withArray("entries")
                .addObject()
                .put("messageId", entry.messageId())
                .put("contentDigest", ContentDigest.field(entry.digest()))
                .put("acceptedAt", ReceiptSigner.time(entry.acceptedAt()))
                .put("state", entry.state()));
        if (entries.size() == most) {
            json.put("next", ManifestLists.place(entries.get(most - 1)));
        }
        return signed(Json.bytes(json));
    }

    /** The region has seen the manifest, and says how much of it is otherwise on its own record. */
    @PostMapping
    ResponseEntity<byte[]> countersign(@PathVariable String day, HttpServletRequest request) throws IOException {
        Caller caller = caller(request);
        String keyid = caller.signature().keyid();
        if (caller.profile().key(keyid, ExchangeProfile.Purpose.RECEIPT).isEmpty()) {
            throw SubmissionRefused.of("not-allowed", 403, "The key is not registered for receipts");
        }
        byte[] body = word(request);
        LocalDate date = date(day);
        byte[] manifest = own(caller, date);
        if (!isFor(tree(body), date, manifest)) {
            throw SubmissionRefused.of(
                    "schema-invalid",
                    422,
                    "Expected kind COUNTERSIGNED, day, manifest (the Content-Digest of the hub's) and differences (a number)");
        }
        manifests.countersignedByRegion(
                caller.partner(),
                date,
                new Manifests.Signed(
                        body, caller.signature().base(), caller.signature().signature(), keyid));
        return signed(Json.bytes(Json.object().put("day", day).put("state", "COUNTERSIGNED")));
    }

    private static boolean isFor(JsonNode said, LocalDate day, byte[] manifest) {
        return said.path("kind").asString("").equals("COUNTERSIGNED")
                && said.path("day").asString("").equals(day.toString())
                && said.path("manifest").asString("").equals(ContentDigest.of(manifest))
                && said.path("differences").isIntegralNumber();
    }

    private static LocalDate date(String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeParseException malformed) {
            throw SubmissionRefused.of("not-found", 404, "A manifest is of a day such as 2026-11-24");
        }
    }

    private ResponseEntity<byte[]> signed(byte[] body) {
        return SignedAnswer.now(signer, ReceiptSigner.MEDIA_TYPE, body, clock.instant());
    }
}
