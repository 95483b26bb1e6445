package org.shuniu.signature;

import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bouncycastle.jcajce.provider.digest.SM3;

/** The field Content-Digest (RFC 9530), with sha-256 and sm3. */
public final class ContentDigest {

    private ContentDigest() {}

    /** The field's value for a body that the hub sends. */
    public static String of(byte[] body) {
        return field(begin("sha-256").orElseThrow().digest(body));
    }

    /** The field's value for what has this SHA-256. */
    public static String field(byte[] sha256) {
        return field("sha-256", sha256);
    }

    /**
     * The value of a digest field, Content-Digest or Repr-Digest.
     *
     * @param name {@code sha-256} or {@code sm3}
     */
    public static String field(String name, byte[] digest) {
        return name + "=:" + Base64.getEncoder().encodeToString(digest) + ":";
    }

    /**
     * Every digest that the hub knows must be right, and one must be there.
     *
     * @throws SignatureRefused {@code digest-mismatch}
     */
    public static void check(List<String> values, byte[] body) {
        DigestedBody digested = new DigestedBody(values, InputStream.nullInputStream());
        digested.take(body);
        digested.check();
    }

    /** A digest as the field names it, where the hub knows it. */
    public static Optional<MessageDigest> begin(String name) {
        try {
            return switch (name) {
                case "sha-256" -> Optional.of(MessageDigest.getInstance("SHA-256"));
                case "sm3" -> Optional.of(new SM3.Digest());
                default -> Optional.empty();
            };
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** What the fields say, by name. */
    static Map<String, StructuredField> read(List<String> values) {
        try {
            return StructuredField.dictionary(String.join(", ", values));
        } catch (StructuredField.Malformed malformed) {
            throw mismatch("Content-Digest is malformed: " + malformed.getMessage());
        }
    }

    static SignatureRefused mismatch(String title) {
        return new SignatureRefused("digest-mismatch", title);
    }

    /** SM3 of these bytes. */
    public static byte[] sm3(byte[] body) {
        return begin("sm3").orElseThrow().digest(body);
    }
}
