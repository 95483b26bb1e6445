package org.shuniu.evidence;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.shuniu.signature.ContentDigest;
import org.shuniu.signature.SignatureRefused;
import org.shuniu.signature.VerifyingKey;

/**
 * Something that somebody signed, as it is kept.
 *
 * @param base what was signed where that is not the content itself but holds its digest, or null
 * @param at when it was signed or came
 */
record SignedWord(byte[] content, String base, byte[] signature, String keyid, Instant at) {

    /** The keys of one who signs. */
    @FunctionalInterface
    interface Keys {
        /** Those of this name that were in force then. */
        List<VerifyingKey> at(String keyid, Instant moment);
    }

    private static final String DIGEST = "\"content-digest\": ";

    /** What speaks against it. */
    Optional<String> fault(Keys keys) {
        if (base != null && !holdsDigest()) {
            return Optional.of("what was signed holds the digest of something else");
        }
        byte[] signed = base == null ? content : base.getBytes(StandardCharsets.ISO_8859_1);
        List<VerifyingKey> then = keys.at(keyid, at);
        if (then.isEmpty()) {
            return Optional.of("no key %s was in force when it was signed".formatted(keyid));
        }
        return then.stream().anyMatch(key -> key.verify(signed, signature))
                ? Optional.empty()
                : Optional.of("its signature is not by the key %s".formatted(keyid));
    }

    private boolean holdsDigest() {
        List<String> digests = base.lines()
                .filter(component -> component.startsWith(DIGEST))
                .map(component -> component.substring(DIGEST.length()))
                .toList();
        try {
            ContentDigest.check(digests, content);
            return true;
        } catch (SignatureRefused another) {
            return false;
        }
    }
}
