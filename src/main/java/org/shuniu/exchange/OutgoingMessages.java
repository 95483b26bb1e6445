package org.shuniu.exchange;

import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLContext;
import org.shuniu.channel.Call;
import org.shuniu.channel.RegionMessages;
import org.shuniu.channel.Reply;
import org.shuniu.partner.ExchangeProfile;
import org.shuniu.partner.PartnerDirectory;
import org.shuniu.signature.ContentDigest;
import org.shuniu.signature.MessageSigner;
import org.shuniu.signature.MessageVerifier;
import org.shuniu.signature.SignatureRefused;
import org.shuniu.signature.SignedMessage;
import org.shuniu.store.Json;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Signs what regions are sent, and believes a receipt only when it is signed, and for the very message that was sent. */
final class OutgoingMessages implements RegionMessages {

    private static final List<String> COVERED =
            List.of("@method", "@target-uri", "content-type", "content-digest", "idempotency-key");
    private static final Set<String> OF_A_RECEIPT = Set.of("@status", "content-type", "content-digest");

    private final ShownCertificate shown;
    private final ExchangeProfiles profiles;
    private final PartnerDirectory partners;
    private final SigningKeys keys;
    private final SentMessages sent;
    private final Clock clock;

    OutgoingMessages(
            ShownCertificate shown,
            ExchangeProfiles profiles,
            PartnerDirectory partners,
            SigningKeys keys,
            SentMessages sent,
            Clock clock) {
        this.shown = shown;
        this.profiles = profiles;
        this.partners = partners;
        this.keys = keys;
        this.sent = sent;
        this.clock = clock;
    }

    @Override
    public SSLContext tls() {
        return shown.context();
    }

    @Override
    public Optional<Post> post(String partner, Call call) {
        ExchangeProfile profile = profile(partner);
        String type = partners.partner(partner).operations().get(call.operation());
        if (type == null) {
            throw new NotWritten("the partner has no operation for %s".formatted(call.operation()));
        }
        String to = "urn:chx:%s:%s".formatted(profile.party().split(":")[2], Envelope.WHOEVER_DECIDES);
        byte[] body = sent.envelope(partner, type, to, call);
        if (body.length > profile.limits().messageBytes()) {
            throw new NotWritten("the message is larger than the %d bytes that are agreed"
                    .formatted(profile.limits().messageBytes()));
        }
        return profile.directions().contains(ExchangeProfile.Direction.PUSH)
                ? profile.base().map(base -> signed(URI.create(base + "/messages"), call, body))
                : Optional.empty();
    }

    @Override
    public Optional<Reply> said(String partner, Call call) {
        return sent.said(partner, call.messageId())
                .map(rejected -> rejected.isEmpty()
                        ? new Reply.Taken()
                        : new Reply.Invalid("the region rejected it: " + rejected));
    }

    private ExchangeProfile profile(String partner) {
        return profiles.of(partner)
                .orElseThrow(() -> new NotWritten("the partner has no profile of the exchange any more"));
    }

    private Post signed(URI target, Call call, byte[] body) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("Content-Type", Envelope.MEDIA_TYPE);
        fields.put("Content-Digest", ContentDigest.of(body));
        fields.put("Idempotency-Key", '"' + call.messageId().toString() + '"');
        Map<String, List<String>> covered = new LinkedHashMap<>();
        fields.forEach((name, value) -> covered.put(name.toLowerCase(java.util.Locale.ROOT), List.of(value)));
        Instant now = clock.instant();
        MessageSigner.Signed signature =
                MessageSigner.sign(SignedMessage.request("POST", target, covered), COVERED, keys.at(now), now, null);
        fields.put("Signature-Input", signature.input());
        fields.put("Signature", signature.signature());
        return new Post(target, fields, body);
    }

    @Override
    public Reply accepted(
            String partner, Call call, Post post, int status, Map<String, List<String>> fields, byte[] receipt) {
        if (receipt.length > EvidenceLadder.LARGEST) {
            return new Reply.Unknown("the receipt is larger than %d bytes".formatted(EvidenceLadder.LARGEST));
        }
        try {
            ContentDigest.check(fields.getOrDefault("content-digest", List.of()), receipt);
            MessageVerifier.Verified signature = verifier(profile(partner))
                    .verify(SignedMessage.answer(status, fields), OF_A_RECEIPT, clock.instant());
            if (!isFor(call, post, Json.tree(receipt))) {
                return new Reply.Unknown("the receipt is not for what was sent");
            }
            sent.keep(step(partner, call, receipt, signature));
            return new Reply.Taken();
        } catch (SignatureRefused refused) {
            return new Reply.Unknown("the receipt does not count: " + refused.name());
        } catch (JacksonException | NotWritten unusable) {
            return new Reply.Unknown("the receipt cannot be read");
        }
    }

    private static MessageVerifier verifier(ExchangeProfile profile) {
        return new MessageVerifier(keyid -> profile.key(keyid, ExchangeProfile.Purpose.RECEIPT), profile.window());
    }

    private static boolean isFor(Call call, Post post, JsonNode receipt) {
        return receipt.path("kind").asString("").equals(EvidenceLadder.Kind.ACCEPTED.name())
                && receipt.path("messageId")
                        .asString("")
                        .equals(call.messageId().toString())
                && receipt.path("contentDigest").asString("").equals(ContentDigest.of(post.body()));
    }

    private EvidenceLadder.Step step(String partner, Call call, byte[] receipt, MessageVerifier.Verified signature) {
        return EvidenceLadder.Step.of(
                new EvidenceLadder.Chain(partner, EvidenceLadder.Direction.SENT),
                call.messageId().toString(),
                EvidenceLadder.Kind.ACCEPTED,
                clock.instant(),
                EvidenceLadder.Signed.by(signature, receipt));
    }
}
