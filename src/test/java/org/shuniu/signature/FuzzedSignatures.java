package org.shuniu.signature;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.shuniu.fuzz.FuzzedReader;

/** The header fields of a signed message, one a line, by each kind of key. */
public final class FuzzedSignatures {

    private static final Instant NOW = Instant.parse("2026-11-24T02:00:00Z");
    private static final URI TARGET = URI.create("https://hub.example.org/partner/v1/messages");
    private static final List<String> COVERED =
            List.of("@method", "@target-uri", "content-type", "content-digest", "idempotency-key");
    private static final byte[] BODY = "{\"id\":\"0123456789abcdef\"}".getBytes(StandardCharsets.UTF_8);
    private static final Map<String, KeyPairs.Pair> KEYS = Arrays.stream(SignatureAlgorithm.values())
            .map(algorithm -> KeyPairs.of(algorithm.id(), algorithm))
            .collect(Collectors.toMap(KeyPairs.Pair::keyid, Function.identity()));

    private static final Map<String, VerifyingKey> REGISTERED =
            KEYS.values().stream().collect(Collectors.toMap(KeyPairs.Pair::keyid, KeyPairs.Pair::verifying));

    private FuzzedSignatures() {}

    public static List<FuzzedReader> readers() {
        MessageVerifier verifier =
                new MessageVerifier(keyid -> Optional.ofNullable(REGISTERED.get(keyid)), Duration.ofSeconds(300));
        return List.of(new FuzzedReader(
                "signature",
                KEYS.values().stream().map(FuzzedSignatures::signed).toList(),
                bytes -> {
                    Map<String, List<String>> fields = fields(bytes);
                    verifier.verify(SignedMessage.request("POST", TARGET, fields), Set.copyOf(COVERED), NOW);
                    ContentDigest.check(fields.getOrDefault("content-digest", List.of()), BODY);
                },
                Set.of(SignatureRefused.class)));
    }

    private static byte[] signed(KeyPairs.Pair pair) {
        Map<String, List<String>> fields = new HashMap<>(Map.of(
                "content-type", List.of("application/cloudevents+json"),
                "content-digest", List.of(ContentDigest.of(BODY)),
                "idempotency-key", List.of("\"0123456789abcdef\"")));
        MessageSigner.Signed signature =
                MessageSigner.sign(SignedMessage.request("POST", TARGET, fields), COVERED, pair.signing(), NOW, null);
        fields.put("signature-input", List.of(signature.input()));
        fields.put("signature", List.of(signature.signature()));
        return fields.entrySet().stream()
                .map(field -> field.getKey() + ": " + field.getValue().get(0))
                .collect(Collectors.joining("\n"))
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    /** As the server gives them: each octet a character, and a name's lines in their order. */
    private static Map<String, List<String>> fields(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1)
                .lines()
                .filter(line -> line.indexOf(':') > 0)
                .collect(Collectors.groupingBy(
                        line -> line.substring(0, line.indexOf(':')),
                        Collectors.mapping(line -> line.substring(line.indexOf(':') + 1), Collectors.toList())));
    }
}
