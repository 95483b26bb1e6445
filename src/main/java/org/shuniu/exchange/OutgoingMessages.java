package org.shuniu.exchange;

import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
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

    private static final Set<String> OF_A_RECEIPT = Set.of("@status", "content-type", "content-digest");

    private final ShownCertificate shown;
    private final ExchangeProfiles profiles;
    private final PartnerDirectory partners;
    private final SigningKeys keys;
    private final SentMessages sent;
    private final SentAttachments attachments;
    private final Clock clock;

    OutgoingMessages(
            ShownCertificate shown,
            ExchangeProfiles profiles,
            PartnerDirectory partners,
            SigningKeys keys,
            SentMessages sent,
            SentAttachments attachments,
            Clock clock) {
        this.shown = shown;
        this.profiles = profiles;
        this.partners = partners;
        this.keys = keys;
        this.sent = sent;
        this.attachments = attachments;
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
    public Optional<String> said(String partner, Call call) {
        return sent.said(partner, call.messageId());
    }

    @Override
    public boolean renumber(String partner, Call call) {
        return sent.renumber(partner, call.messageId());
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
        return signed("POST", target, fields, body, null);
    }

    /** Every field that is given is covered. */
    private Post signed(String method, URI target, Map<String, String> given, byte[] body, String nonce) {
        Map<String, List<String>> covered = new LinkedHashMap<>();
        given.forEach((name, value) -> covered.put(name.toLowerCase(Locale.ROOT), List.of(value)));
        List<String> names = new ArrayList<>(List.of("@method", "@target-uri"));
        names.addAll(covered.keySet());
        Instant now = clock.instant();
        MessageSigner.Signed signature =
                MessageSigner.sign(SignedMessage.request(method, target, covered), names, keys.at(now), now, nonce);
        Map<String, String> fields = new LinkedHashMap<>(given);
        fields.put("Signature-Input", signature.input());
        fields.put("Signature", signature.signature());
        return new Post(target, fields, body);
    }

    @Override
    public List<Attachment> named(String partner, Call call, Post post) {
        List<Attachment> named = attachments.named(call.messageId(), post.body());
        long most = profile(partner).limits().attachmentBytes();
        if (named.stream().anyMatch(attachment -> attachment.length() > most)) {
            throw new NotWritten("an attachment is larger than the %d bytes that are agreed".formatted(most));
        }
        return named;
    }

    @Override
    public Post ask(String partner, Attachment attachment) {
        return signed("HEAD", address(partner, attachment), Map.of(), new byte[0], nonce());
    }

    @Override
    public Optional<Post> part(String partner, Attachment attachment, long offset, int most) {
        return attachments.part(attachment, offset, most).map(part -> {
            Map<String, String> fields = new LinkedHashMap<>();
            fields.put("Content-Digest", ContentDigest.of(part));
            fields.put("Upload-Offset", Long.toString(offset));
            fields.put("Upload-Length", Long.toString(attachment.length()));
            return signed("PATCH", address(partner, attachment), fields, part, nonce());
        });
    }

    private URI address(String partner, Attachment attachment) {
        return profile(partner)
                .base()
                .map(base -> URI.create(base + "/attachments/" + attachment.digest()))
                .orElseThrow(() -> new NotWritten("the partner's profile has no address any more"));
    }

    private static String nonce() {
        return UUID.randomUUID().toString();
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
