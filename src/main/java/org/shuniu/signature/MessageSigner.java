package org.shuniu.signature;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Signs requests and answers of the exchange. */
public final class MessageSigner {

    /**
     * The two fields of a signature, and what was signed.
     *
     * @param input value of Signature-Input
     * @param signature value of Signature
     * @param base the signature base; with it anyone can verify the signature by openssl alone
     * @param bytes the signature itself
     */
    public record Signed(String input, String signature, String base, byte[] bytes) {}

    private static final String LABEL = "sig1=";

    private MessageSigner() {}

    /**
     * @param components the names of what is covered, all of which the message must have
     * @param nonce or null
     */
    public static Signed sign(
            SignedMessage message, List<String> components, SigningKey key, Instant created, String nonce) {
        Map<String, Object> parameters = new LinkedHashMap<>();
        parameters.put("created", created.getEpochSecond());
        if (nonce != null) {
            parameters.put("nonce", nonce);
        }
        parameters.put("keyid", key.keyid());
        parameters.put("alg", key.algorithm().id());
        parameters.put("tag", MessageVerifier.TAG);
        StructuredField.InnerList covered = new StructuredField.InnerList(
                components.stream()
                        .map(name -> new StructuredField.Item(name, Map.of()))
                        .toList(),
                parameters);
        String base = SignatureBase.of(message, covered);
        byte[] signature = key.sign(SignatureBase.bytes(base));
        return new Signed(
                LABEL + covered.text(), LABEL + new StructuredField.Item(signature, Map.of()).text(), base, signature);
    }
}
