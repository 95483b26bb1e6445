package org.shuniu.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessageVerifierTest {

    private static final Instant NOW = Instant.parse("2026-11-24T02:00:00Z");
    private static final URI TARGET = URI.create("https://hub.example.org/partner/v1/messages");
    private static final List<String> COVERED =
            List.of("@method", "@target-uri", "content-type", "content-digest", "idempotency-key");
    private static final byte[] BODY = "{\"id\":\"0123456789abcdef\"}".getBytes(StandardCharsets.UTF_8);

    private final Map<String, VerifyingKey> registered = new HashMap<>();
    private final MessageVerifier verifier =
            new MessageVerifier(keyid -> Optional.ofNullable(registered.get(keyid)), Duration.ofSeconds(300));

    @ParameterizedTest
    @EnumSource(SignatureAlgorithm.class)
    void takesWhatARegisteredKeySigned(SignatureAlgorithm algorithm) {
        KeyPairs.Pair pair = register("a", algorithm);
        Map<String, List<String>> fields = signed(pair, NOW.minusSeconds(299));

        MessageVerifier.Verified verified = verify("POST", TARGET, fields);

        assertThat(verified.keyid()).isEqualTo("a");
        assertThat(verified.base()).startsWith("\"@method\": POST\n\"@target-uri\": " + TARGET + "\n");
        assertThatCode(() -> ContentDigest.check(fields.get("content-digest"), BODY))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @EnumSource(SignatureAlgorithm.class)
    void refusesAnotherMethodAddressDigestOrKeyOfTheMessage(SignatureAlgorithm algorithm) {
        Map<String, List<String>> fields = signed(register("a", algorithm), NOW);

        assertThat(refusal("PUT", TARGET, fields)).isEqualTo("signature-invalid");
        assertThat(refusal("POST", URI.create(TARGET + "/x"), fields)).isEqualTo("signature-invalid");
        assertThat(refusal("POST", URI.create("https://other.example.org/partner/v1/messages"), fields))
                .isEqualTo("signature-invalid");
        for (String field : List.of("content-digest", "content-type", "idempotency-key")) {
            Map<String, List<String>> changed = new HashMap<>(fields);
            changed.put(field, List.of("changed"));
            assertThat(refusal("POST", TARGET, changed)).isEqualTo("signature-invalid");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"@method", "@target-uri", "content-type", "content-digest", "idempotency-key"})
    void refusesASignatureThatDoesNotCoverEnough(String left) {
        KeyPairs.Pair pair = register("a", SignatureAlgorithm.ED25519);
        List<String> covered = new ArrayList<>(COVERED);
        covered.remove(left);

        assertThat(refusal("POST", TARGET, signed(pair, covered, NOW))).isEqualTo("signature-invalid");
    }

    @ParameterizedTest
    @CsvSource({
        "sig1=, sig2=, signature-invalid",
        "alg=\"ed25519\", alg=\"none\", signature-invalid",
        "alg=\"ed25519\", alg=\"hmac-sha256\", signature-invalid",
        "alg=\"ed25519\", alg=\"sm2-sm3\", signature-invalid",
        "keyid=\"a\", keyid=\"b\", key-unknown",
        "tag=\"chx/1\", tag=\"chx/2\", signature-invalid",
        ";tag=\"chx/1\", '', signature-invalid",
        "created=, made=, signature-stale",
        "created=, created=-, signature-stale",
        "created=, created=9, signature-stale",
        "created=, expires=1;created=, signature-stale",
        "created=, created=1;created=, signature-invalid",
        "(\"@method\", (\"@method\";req, signature-invalid",
        "(\"@method\", (\"@method\" \"@method\", signature-invalid",
        "(\"@method\", (\"@query-param\" \"@method\", signature-invalid",
        "(\"@method\", (\"no-such-field\" \"@method\", signature-invalid",
        "(\"@method\", ((\"@method\", signature-invalid"
    })
    void refusesOtherWordsInSignatureInput(String from, String to, String name) {
        Map<String, List<String>> fields = signed(register("a", SignatureAlgorithm.ED25519), NOW);
        fields.computeIfPresent(
                "signature-input", (field, values) -> List.of(values.get(0).replace(from, to == null ? "" : to)));

        assertThat(refusal("POST", TARGET, fields)).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(longs = {-301, 301, -86_400, 999_999_999_999L})
    void refusesAFarClock(long seconds) {
        KeyPairs.Pair pair = register("a", SignatureAlgorithm.ED25519);

        assertThat(refusal("POST", TARGET, signed(pair, NOW.plusSeconds(seconds))))
                .isEqualTo("signature-stale");
    }

    @Test
    void takesOneOfTwoKeysInRotationButNotABadSignatureOfAKnownKey() {
        KeyPairs.Pair old = register("a", SignatureAlgorithm.SM2_SM3);
        KeyPairs.Pair next = KeyPairs.of("b", SignatureAlgorithm.ED25519);
        Map<String, List<String>> both = both(signed(old, NOW), signed(next, NOW));

        assertThat(verify("POST", TARGET, both).keyid()).isEqualTo("a");

        registered.put("b", next.verifying());
        assertThat(verify("POST", TARGET, both).keyid()).isEqualTo("a");

        registered.put("b", KeyPairs.of("b", SignatureAlgorithm.ED25519).verifying());
        assertThat(refusal("POST", TARGET, both)).isEqualTo("signature-invalid");

        registered.remove("a");
        registered.put("b", next.verifying());
        assertThat(verify("POST", TARGET, both).keyid()).isEqualTo("b");
    }

    @Test
    void refusesADeadKey() {
        KeyPairs.Pair pair = KeyPairs.of("a", SignatureAlgorithm.ED25519);
        registered.put("a", VerifyingKey.of("a", SignatureAlgorithm.ED25519, pair.publicPem(), Instant.EPOCH, NOW));

        assertThat(refusal("POST", TARGET, signed(pair, NOW))).isEqualTo("key-unknown");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "md5=:1B2M2Y8AsgTpgAmY7PhCfg==:",
                "",
                "sha-256",
                "sha-256=:AAAA:",
                "sha-256=:AAAA",
                "%s, sha-256=:AAAA:",
                "sha-256=:AAAA:, %s",
                "%s, %s",
                "%s, sm3=:AAAA:"
            })
    void refusesADigestThatIsWrongTwiceOrOfAnotherKind(String value) {
        String said = value.replace("%s", ContentDigest.of(BODY));

        SignatureRefused refused =
                catchThrowableOfType(SignatureRefused.class, () -> ContentDigest.check(List.of(said), BODY));

        assertThat(refused.name()).isEqualTo("digest-mismatch");
    }

    /** A signer that is shared by threads gives wrong verdicts within seconds. */
    @Test
    void judgesRightFromManyThreads() throws Exception {
        for (SignatureAlgorithm algorithm : SignatureAlgorithm.values()) {
            register(algorithm.id(), algorithm);
        }
        Map<String, Map<String, List<String>>> requests = new HashMap<>();
        for (SignatureAlgorithm algorithm : SignatureAlgorithm.values()) {
            requests.put(algorithm.id(), signed(pairs.get(algorithm.id()), NOW));
        }
        List<Callable<Boolean>> trials = new ArrayList<>();
        for (int i = 0; i < 64; i++) {
            String id = SignatureAlgorithm.values()[i % 3].id();
            boolean right = i % 2 == 0;
            trials.add(() -> {
                boolean all = true;
                for (int n = 0; n < 25; n++) {
                    all &= right
                            ? verify("POST", TARGET, requests.get(id)).keyid().equals(id)
                            : refusal("GET", TARGET, requests.get(id)).equals("signature-invalid");
                }
                return all;
            });
        }
        ExecutorService threads = Executors.newFixedThreadPool(64);
        try {
            for (Future<Boolean> verdict : threads.invokeAll(trials)) {
                assertThat(verdict.get()).isTrue();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private final Map<String, KeyPairs.Pair> pairs = new HashMap<>();

    private KeyPairs.Pair register(String keyid, SignatureAlgorithm algorithm) {
        KeyPairs.Pair pair = KeyPairs.of(keyid, algorithm);
        registered.put(keyid, pair.verifying());
        pairs.put(keyid, pair);
        return pair;
    }

    private static Map<String, List<String>> signed(KeyPairs.Pair pair, Instant created) {
        return signed(pair, COVERED, created);
    }

    private static Map<String, List<String>> signed(KeyPairs.Pair pair, List<String> covered, Instant created) {
        Map<String, List<String>> fields = new HashMap<>();
        fields.put("content-type", List.of("application/cloudevents+json"));
        fields.put("content-digest", List.of(ContentDigest.of(BODY)));
        fields.put("idempotency-key", List.of("\"0123456789abcdef\""));
        MessageSigner.Signed signed = MessageSigner.sign(
                SignedMessage.request("POST", TARGET, fields), covered, pair.signing(), created, null);
        fields.put("signature-input", List.of(signed.input()));
        fields.put("signature", List.of(signed.signature()));
        return fields;
    }

    private static Map<String, List<String>> both(Map<String, List<String>> one, Map<String, List<String>> other) {
        Map<String, List<String>> both = new HashMap<>(one);
        for (String field : List.of("signature-input", "signature")) {
            both.put(
                    field,
                    List.of(one.get(field).get(0), other.get(field).get(0).replace("sig1=", "sig2=")));
        }
        return both;
    }

    private MessageVerifier.Verified verify(String method, URI target, Map<String, List<String>> fields) {
        return verifier.verify(SignedMessage.request(method, target, fields), Set.copyOf(COVERED), NOW);
    }

    private String refusal(String method, URI target, Map<String, List<String>> fields) {
        return catchThrowableOfType(SignatureRefused.class, () -> verify(method, target, fields))
                .name();
    }
}
