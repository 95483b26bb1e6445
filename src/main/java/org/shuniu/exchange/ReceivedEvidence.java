package org.shuniu.exchange;

import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.shuniu.intake.SubmissionRefused;
import org.shuniu.partner.ExchangeProfile;
import org.shuniu.signature.VerifyingKey;
import org.shuniu.store.Json;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Keeps what a region signed about the further way of a message that the hub sent it. */
final class ReceivedEvidence {

    private static final Set<EvidenceLadder.Kind> FURTHER = Set.of(
            EvidenceLadder.Kind.RELAYED,
            EvidenceLadder.Kind.DELIVERED,
            EvidenceLadder.Kind.REJECTED,
            EvidenceLadder.Kind.NON_DELIVERED);
    private static final String RECEIVER = "[a-z0-9-]{0,64}";

    private final JdbcTemplate sql;
    private final EvidenceLadder ladder;
    private final Clock clock;

    /** @param sql on the connections of its callers' transactions */
    ReceivedEvidence(JdbcTemplate sql, Clock clock) {
        this.sql = sql;
        this.ladder = new EvidenceLadder(sql);
        this.clock = clock;
    }

    /**
     * @param caseNo of the case that the message says it is about
     * @return what was not known yet
     * @throws SubmissionRefused for what the region did not sign, or says of no message that it was sent
     */
    List<EvidenceLadder.Kept> keep(String caseNo, SignedEnvelope message) {
        JsonNode data = Json.tree(message.envelope().data());
        byte[] evidence = bytes(data, "evidence");
        byte[] signature = bytes(data, "signature");
        String keyid = data.path("keyid").asString("");
        if (!isSigned(message.caller().profile(), keyid, evidence, signature)) {
            throw invalid("/data/signature is no signature by a registered key over /data/evidence");
        }
        JsonNode said = said(evidence);
        EvidenceLadder.Kind kind = kind(said);
        String partner = message.caller().partner();
        String about = said.path("messageId").asString("");
        if (!wasSent(partner, caseNo, about)) {
            throw invalid("The evidence is about no message of this case that was sent to you");
        }
        String receiver = said.path("receiver").asString("");
        if (!receiver.matches(RECEIVER)) {
            throw invalid("The receiver must be a partner's id");
        }
        EvidenceLadder.Signed signed = new EvidenceLadder.Signed(evidence, null, signature, keyid);
        return ladder.record(List.of(new EvidenceLadder.Step(
                new EvidenceLadder.Chain(partner, EvidenceLadder.Direction.SENT),
                about,
                kind,
                receiver,
                clock.instant(),
                place -> signed)));
    }

    private boolean isSigned(ExchangeProfile profile, String keyid, byte[] evidence, byte[] signature) {
        Optional<VerifyingKey> key = profile.key(keyid, ExchangeProfile.Purpose.RECEIPT);
        return key.isPresent()
                && key.get().isValidAt(clock.instant())
                && key.get().verify(evidence, signature);
    }

    private static byte[] bytes(JsonNode data, String name) {
        try {
            byte[] bytes = Base64.getDecoder().decode(data.path(name).asString(""));
            if (bytes.length > 0 && bytes.length <= EvidenceLadder.LARGEST) {
                return bytes;
            }
        } catch (IllegalArgumentException malformed) {
            // Told below.
        }
        throw invalid("/data/%s must be base64 of at most %d bytes".formatted(name, EvidenceLadder.LARGEST));
    }

    private static JsonNode said(byte[] evidence) {
        try {
            return Json.tree(evidence);
        } catch (JacksonException malformed) {
            throw invalid("The evidence must be a JSON object");
        }
    }

    private static EvidenceLadder.Kind kind(JsonNode said) {
        String word = said.path("kind").asString("");
        return FURTHER.stream()
                .filter(kind -> kind.name().equals(word))
                .findFirst()
                .orElseThrow(() -> invalid("The kind must be one of " + FURTHER));
    }

    private boolean wasSent(String partner, String caseNo, String messageId) {
        try {
            return Boolean.TRUE.equals(sql.queryForObject(
                    "select exists (select 1 from exchange_sent where partner = ? and message_id = ? and case_no = ?)",
                    Boolean.class,
                    partner,
                    UUID.fromString(messageId),
                    caseNo));
        } catch (IllegalArgumentException notOurs) {
            return false;
        }
    }

    private static SubmissionRefused invalid(String title) {
        return SubmissionRefused.of("schema-invalid", 422, title);
    }
}
