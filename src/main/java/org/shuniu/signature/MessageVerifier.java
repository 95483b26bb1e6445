package org.shuniu.signature;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Verifies what a partner signed, against keys that it registered. */
public final class MessageVerifier {

    /**
     * A signature that counts.
     *
     * @param label of several, the one that was verified first
     * @param nonce or null
     * @param base what was signed
     */
    public record Verified(String label, String keyid, Instant created, String nonce, String base, byte[] signature) {}

    static final String TAG = "chx/1";

    private static final int MOST_LABELS = 4;
    private static final int MOST_COMPONENTS = 32;

    private final Function<String, Optional<VerifyingKey>> keys;
    private final Duration window;

    /**
     * @param keys those of the one partner that called, by keyid
     * @param window how far {@code created} may be from now
     */
    public MessageVerifier(Function<String, Optional<VerifyingKey>> keys, Duration window) {
        this.keys = keys;
        this.window = window;
    }

    /**
     * Every signature by a registered key must be right, and one must be there; others, such as of a key that comes into use
     * later, are left alone.
     *
     * @param required what the signature must cover
     * @throws SignatureRefused naming why none counts
     */
    public Verified verify(SignedMessage message, Set<String> required, Instant now) {
        Map<String, StructuredField> inputs = dictionary(message, "signature-input");
        Map<String, StructuredField> signatures = dictionary(message, "signature");
        if (inputs.isEmpty() || !inputs.keySet().equals(signatures.keySet()) || inputs.size() > MOST_LABELS) {
            throw invalid("Signature and Signature-Input must hold the same labels, 1 to %d".formatted(MOST_LABELS));
        }
        Verified first = null;
        for (Map.Entry<String, StructuredField> input : inputs.entrySet()) {
            StructuredField.InnerList covered = covered(input.getValue());
            Optional<VerifyingKey> key = keys.apply(text(covered, "keyid"));
            if (key.isPresent()) {
                Verified one = verify(
                        message,
                        input.getKey(),
                        covered,
                        bytes(signatures.get(input.getKey())),
                        key.get(),
                        required,
                        now);
                first = first == null ? one : first;
            }
        }
        if (first == null) {
            throw new SignatureRefused(
                    "key-unknown", "No keyid of the signature is a key registered for this certificate");
        }
        return first;
    }

    private static Map<String, StructuredField> dictionary(SignedMessage message, String field) {
        try {
            return message.field(field).map(StructuredField::dictionary).orElseGet(LinkedHashMap::new);
        } catch (StructuredField.Malformed malformed) {
            throw invalid("The field %s is malformed: %s".formatted(field, malformed.getMessage()));
        }
    }

    private static StructuredField.InnerList covered(StructuredField input) {
        if (input instanceof StructuredField.InnerList covered
                && covered.items().size() <= MOST_COMPONENTS) {
            return covered;
        }
        throw invalid("Signature-Input must list what is covered, at most %d components".formatted(MOST_COMPONENTS));
    }

    private static byte[] bytes(StructuredField signature) {
        if (signature instanceof StructuredField.Item item && item.value() instanceof byte[] bytes) {
            return bytes;
        }
        throw invalid("Signature must hold a byte sequence, :base64:");
    }

    private static String text(StructuredField.InnerList covered, String parameter) {
        if (covered.parameters().get(parameter) instanceof String text) {
            return text;
        }
        throw invalid("Signature-Input must say %s in quotation marks".formatted(parameter));
    }

    private Verified verify(
            SignedMessage message,
            String label,
            StructuredField.InnerList covered,
            byte[] signature,
            VerifyingKey key,
            Set<String> required,
            Instant now) {
        requireWords(covered, key);
        requireCoverage(covered, required);
        Instant created = requireTime(covered, key, now);
        String base = SignatureBase.of(message, covered);
        byte[] text = SignatureBase.bytes(base);
        if (!key.verify(text, signature)) {
            throw new SignatureRefused("signature-invalid", why(key, text, signature), base);
        }
        String nonce = covered.parameters().containsKey("nonce") ? text(covered, "nonce") : null;
        return new Verified(label, key.keyid(), created, nonce, base, signature);
    }

    private static void requireWords(StructuredField.InnerList covered, VerifyingKey key) {
        if (!TAG.equals(text(covered, "tag"))) {
            throw invalid("Signature-Input must say tag=\"%s\"".formatted(TAG));
        }
        if (covered.parameters().containsKey("alg") && !key.algorithm().id().equals(text(covered, "alg"))) {
            throw invalid("The parameter alg names another algorithm than the key is registered for");
        }
    }

    private static void requireCoverage(StructuredField.InnerList covered, Set<String> required) {
        List<String> names = SignatureBase.names(covered);
        required.stream()
                .filter(name -> !names.contains(name))
                .sorted()
                .findFirst()
                .ifPresent(name -> {
                    throw invalid("The signature does not cover " + name);
                });
    }

    private Instant requireTime(StructuredField.InnerList covered, VerifyingKey key, Instant now) {
        if (!(covered.parameters().get("created") instanceof Long seconds)) {
            throw new SignatureRefused("signature-stale", "Signature-Input must say created, in seconds since 1970");
        }
        long difference = Math.abs(now.getEpochSecond() - seconds);
        if (difference > window.toSeconds()) {
            throw new SignatureRefused(
                    "signature-stale",
                    "The signature was created %d s from the hub's clock; %d s are allowed"
                            .formatted(difference, window.toSeconds()));
        }
        Object expires = covered.parameters().get("expires");
        if (expires != null && !(expires instanceof Long end && end >= now.getEpochSecond())) {
            throw new SignatureRefused("signature-stale", "The signature has expired");
        }
        if (!key.isValidAt(now)) {
            throw new SignatureRefused("key-unknown", "The key is not valid now");
        }
        return Instant.ofEpochSecond(seconds);
    }

    private static String why(VerifyingKey key, byte[] text, byte[] signature) {
        return key.verifiesWithoutUserId(text, signature)
                ? "The signature is right for an empty SM2 user id; sign with -sigopt distid:1234567812345678"
                : "The signature does not fit the key and what the hub received";
    }

    private static SignatureRefused invalid(String title) {
        return new SignatureRefused("signature-invalid", title);
    }
}
