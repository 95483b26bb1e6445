package org.shuniu.signature;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.bouncycastle.crypto.digests.SM3Digest;

/** The field Content-Digest (RFC 9530), with sha-256 and sm3. */
public final class ContentDigest {

    private ContentDigest() {}

    /** The field's value for a body that the hub sends. */
    public static String of(byte[] body) {
        return field(sha256(body));
    }

    /** The field's value for what has this SHA-256. */
    public static String field(byte[] sha256) {
        return "sha-256=:" + Base64.getEncoder().encodeToString(sha256) + ":";
    }

    /**
     * Every digest that the hub knows must be right, and one must be there.
     *
     * @throws SignatureRefused {@code digest-mismatch}
     */
    public static void check(List<String> values, byte[] body) {
        boolean known = false;
        for (Map.Entry<String, StructuredField> digest : read(values).entrySet()) {
            byte[] expected = switch (digest.getKey()) {
                case "sha-256" -> sha256(body);
                case "sm3" -> sm3(body);
                default -> null;
            };
            if (expected != null) {
                known = true;
                requireEqual(expected, digest);
            }
        }
        if (!known) {
            throw mismatch("Content-Digest must hold sha-256 or sm3");
        }
    }

    private static Map<String, StructuredField> read(List<String> values) {
        try {
            return StructuredField.dictionary(String.join(", ", values));
        } catch (StructuredField.Malformed malformed) {
            throw mismatch("Content-Digest is malformed: " + malformed.getMessage());
        }
    }

    private static void requireEqual(byte[] expected, Map.Entry<String, StructuredField> digest) {
        boolean equal = digest.getValue() instanceof StructuredField.Item item
                && item.value() instanceof byte[] said
                && MessageDigest.isEqual(said, expected);
        if (!equal) {
            throw mismatch("The body has another %s than Content-Digest says; with curl, send it by --data-binary"
                    .formatted(digest.getKey()));
        }
    }

    private static SignatureRefused mismatch(String title) {
        return new SignatureRefused("digest-mismatch", title);
    }

    private static byte[] sha256(byte[] body) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(body);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** SM3 of these bytes. */
    public static byte[] sm3(byte[] body) {
        SM3Digest digest = new SM3Digest();
        digest.update(body, 0, body.length);
        byte[] hash = new byte[digest.getDigestSize()];
        digest.doFinal(hash, 0);
        return hash;
    }
}
