package org.shuniu.exchange;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import org.shuniu.document.CaseTimes;
import org.shuniu.intake.SubmissionRefused;
import org.shuniu.store.Json;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.ObjectNode;

/** Tells a region where its messages stand and what both sides hold of each other; every answer is signed. */
@RestController
@RequestMapping(ExchangeDoor.ROOT)
@ConditionalOnProperty(name = "shuniu.exchange.enabled", havingValue = "true")
final class ReadingController extends ExchangeEntry {

    private final ExchangeProperties settings;
    private final ExchangeRecord record;
    private final EvidencePackage evidence;
    private final ReceiptSigner signer;
    private final KeysOnRecord keys;
    private final Clock clock;

    ReadingController(
            ExchangeProperties settings,
            ExchangeRecord record,
            EvidencePackage evidence,
            ReceiptSigner signer,
            KeysOnRecord keys,
            Clock clock) {
        this.settings = settings;
        this.record = record;
        this.evidence = evidence;
        this.signer = signer;
        this.keys = keys;
        this.clock = clock;
    }

    @GetMapping("/messages/{id}")
    ResponseEntity<byte[]> message(@PathVariable String id, HttpServletRequest request) {
        return signed(record.message(caller(request).partner(), id)
                .orElseThrow(() -> SubmissionRefused.of("not-found", 404, "You have sent no message of this id")));
    }

    /** The region's own chain, so that it can hold all of it against what it has. */
    @GetMapping("/evidence")
    ResponseEntity<byte[]> evidence(@RequestParam(defaultValue = "0") long after, HttpServletRequest request) {
        return signed(record.steps(caller(request).partner(), after));
    }

    /** All that was signed about one of the region's cases, to be kept and verified without the hub. */
    @GetMapping("/evidence/{caseNo}")
    ResponseEntity<byte[]> evidenceOf(@PathVariable String caseNo, HttpServletRequest request) {
        byte[] files = evidence.of(caller(request).partner(), caseNo)
                .orElseThrow(() -> SubmissionRefused.of("not-found", 404, "You have no case of this number"));
        return SignedAnswer.now(signer, EvidencePackage.MEDIA_TYPE, files, clock.instant());
    }

    @GetMapping("/keys")
    ResponseEntity<byte[]> keys() {
        ObjectNode json = Json.object();
        json.put("party", settings.party());
        json.set("keys", keys.describe());
        return signed(json);
    }

    @GetMapping("/profile")
    ResponseEntity<byte[]> profile(HttpServletRequest request) {
        return signed(ProfileView.of(caller(request), settings));
    }

    /** Whether it is worth sending: who can't commit would answer 503. */
    @GetMapping("/health")
    ResponseEntity<byte[]> health() {
        record.look();
        ObjectNode json = Json.object();
        json.put("status", "UP");
        json.put("party", settings.party());
        json.put("time", CaseTimes.dateTime(clock.instant()));
        return signed(json);
    }

    private ResponseEntity<byte[]> signed(ObjectNode json) {
        return SignedAnswer.now(signer, ReceiptSigner.MEDIA_TYPE, Json.bytes(json), clock.instant());
    }
}
