package org.shuniu.exchange;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.shuniu.document.CaseTimes;
import org.shuniu.signature.ContentDigest;
import org.shuniu.signature.MessageSigner;
import org.shuniu.signature.SignedMessage;
import org.shuniu.signature.SigningKey;
import org.shuniu.store.Json;
import org.shuniu.store.StoredMessage;
import tools.jackson.databind.node.ObjectNode;

/** Writes receipts, whose bytes follow from what was accepted and nothing else, and signs what the hub answers. */
final class ReceiptSigner {

    static final String MEDIA_TYPE = "application/json";

    private static final List<String> COVERED = List.of("@status", "content-type", "content-digest");

    private final SigningKeys keys;
    private final String party;

    ReceiptSigner(SigningKeys keys, String party) {
        this.keys = keys;
        this.party = party;
    }

    byte[] accepted(SignedEnvelope signed, StoredMessage message) {
        ObjectNode receipt = Json.object();
        receipt.put("kind", "ACCEPTED");
        receipt.put("messageId", signed.envelope().id());
        receipt.put("from", signed.caller().profile().party());
        receipt.put("to", signed.envelope().to());
        receipt.put("subject", signed.envelope().subject());
        receipt.put("caseNo", message.caseNo());
        receipt.put("contentDigest", ContentDigest.of(signed.body()));
        receipt.put(
                "signatureDigest", ContentDigest.of(signed.caller().signature().signature()));
        receipt.put("acceptedAt", time(message.acceptedAt()));
        receipt.put("hub", party);
        receipt.put("keyid", keys.at(message.acceptedAt()).keyid());
        return Json.bytes(receipt);
    }

    String keyid(Instant at) {
        return keys.at(at).keyid();
    }

    /** The beginning of something else that the hub answers for with its signature. */
    ObjectNode signed(String kind, Instant at) {
        return Json.object().put("kind", kind).put("hub", party).put("keyid", keyid(at));
    }

    /** The signature over an answer of the hub's. */
    MessageSigner.Signed sign(int status, byte[] body, Instant created) {
        return sign(status, MEDIA_TYPE, body, created);
    }

    MessageSigner.Signed sign(int status, String mediaType, byte[] body, Instant created) {
        SignedMessage answer = SignedMessage.answer(
                status,
                Map.of(
                        "content-type", List.of(mediaType),
                        "content-digest", List.of(ContentDigest.of(body))));
        return MessageSigner.sign(answer, COVERED, keys.at(created), created, null);
    }

    /** The signature over an answer's status and these fields of it, by lower-case name. */
    MessageSigner.Signed sign(int status, Map<String, String> fields, Instant created) {
        Map<String, List<String>> covered = new LinkedHashMap<>();
        fields.forEach((name, value) -> covered.put(name, List.of(value)));
        List<String> names = new ArrayList<>(List.of("@status"));
        names.addAll(fields.keySet());
        return MessageSigner.sign(SignedMessage.answer(status, covered), names, keys.at(created), created, null);
    }

    /** A signed receipt as the first step of a region's message. */
    EvidenceLadder.Step step(
            String partner, String messageId, Instant at, byte[] receipt, MessageSigner.Signed signature) {
        EvidenceLadder.Signed signed = new EvidenceLadder.Signed(
                receipt, signature.base(), signature.bytes(), keys.at(at).keyid());
        return EvidenceLadder.Step.of(
                new EvidenceLadder.Chain(partner, EvidenceLadder.Direction.RECEIVED),
                messageId,
                EvidenceLadder.Kind.ACCEPTED,
                at,
                signed);
    }

    /**
     * A further step of a region's message, signed at its place: the signature is over exactly these bytes.
     *
     * @param digest SHA-256 of the message
     * @param receiver whom the message is for
     */
    EvidenceLadder.Signed further(
            EvidenceLadder.Kind kind,
            String messageId,
            byte[] digest,
            String receiver,
            Instant at,
            EvidenceLadder.Place place) {
        SigningKey key = keys.at(at);
        ObjectNode step = Json.object();
        step.put("kind", kind.name());
        step.put("messageId", messageId);
        step.put("contentDigest", ContentDigest.field(digest));
        step.put("receiver", receiver);
        step.put("at", time(at));
        step.put("seq", place.seq());
        step.put("prev", HexFormat.of().formatHex(place.prev()));
        step.put("hub", party);
        step.put("keyid", key.keyid());
        byte[] evidence = Json.bytes(step);
        return new EvidenceLadder.Signed(evidence, null, key.sign(evidence), key.keyid());
    }

    /** To the millisecond, as what is signed says it. */
    static String time(Instant at) {
        return CaseTimes.dateTime(at.truncatedTo(ChronoUnit.MILLIS));
    }
}
