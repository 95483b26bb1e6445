package org.shuniu.exchange;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
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

    private final SigningKey key;
    private final String party;

    ReceiptSigner(SigningKey key, String party) {
        this.key = key;
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
        receipt.put("signatureDigest", digest(signed.caller().signature().signature()));
        receipt.put(
                "acceptedAt",
                OffsetDateTime.ofInstant(message.acceptedAt(), CaseTimes.SHANGHAI)
                        .truncatedTo(ChronoUnit.MILLIS)
                        .toString());
        receipt.put("hub", party);
        receipt.put("keyid", key.keyid());
        return Json.bytes(receipt);
    }

    /** The signature over an answer of the hub's. */
    MessageSigner.Signed sign(int status, byte[] body, Instant created) {
        SignedMessage answer = SignedMessage.answer(
                status,
                Map.of(
                        "content-type", List.of(MEDIA_TYPE),
                        "content-digest", List.of(ContentDigest.of(body))));
        return MessageSigner.sign(answer, COVERED, key, created, null);
    }

    private static String digest(byte[] signature) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(signature);
            return "sha-256=:" + Base64.getEncoder().encodeToString(hash) + ":";
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
