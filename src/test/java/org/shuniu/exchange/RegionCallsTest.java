package org.shuniu.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.shuniu.partner.ExchangeProfile;
import org.shuniu.partner.Partner;
import org.shuniu.partner.PartnerDirectory;
import org.shuniu.reconciliation.CountFailed;
import org.shuniu.signature.ContentDigest;
import org.shuniu.signature.MessageSigner;
import org.shuniu.signature.MessageVerifier;
import org.shuniu.signature.SignatureAlgorithm;
import org.shuniu.signature.SignedMessage;
import org.shuniu.signature.SigningKey;
import org.shuniu.signature.VerifyingKey;

/** What is read of a region's hub counts when the region has signed it, and when it ends. */
class RegionCallsTest {

    private static final SigningKey HUB = key("hub-1");
    private static final SigningKey REGION = key("region-1");
    private static final SigningKey STRANGER = key("region-1");
    private static final LocalDate DAY = LocalDate.of(2026, 11, 24);
    private static final String DIGEST = ContentDigest.of("x".getBytes(StandardCharsets.US_ASCII));

    @TempDir
    private Path routes;

    private final List<String> heard = new ArrayList<>();
    private final Map<String, String> answers = new HashMap<>();
    private HttpServer server;
    private Partner partner;
    private RegionCalls calls;
    private String fault = "";

    private static SigningKey key(String keyid) {
        try {
            byte[] der = KeyPairGenerator.getInstance("Ed25519")
                    .generateKeyPair()
                    .getPrivate()
                    .getEncoded();
            return SigningKey.of(
                    keyid,
                    SignatureAlgorithm.ED25519,
                    "-----BEGIN PRIVATE KEY-----\n%s\n-----END PRIVATE KEY-----\n"
                            .formatted(Base64.getEncoder().encodeToString(der)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static SSLContext plain() {
        try {
            return SSLContext.getDefault();
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static VerifyingKey verifying(SigningKey key) {
        return VerifyingKey.of(key.keyid(), key.algorithm(), key.publicPem(), Instant.EPOCH, Instant.MAX);
    }

    @BeforeEach
    void start() throws IOException, GeneralSecurityException {
        server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.createContext("/", this::answer);
        server.start();
        partner = partnerWith("connect: 30s, deadline: 60s");
        URI base = URI.create(
                "http://127.0.0.1:%d/partner/v1".formatted(server.getAddress().getPort()));
        ExchangeProfile profile = new ExchangeProfile(
                1,
                "urn:chx:province:hub",
                Optional.of(base),
                Map.of(),
                Map.of(
                        REGION.keyid(),
                        new ExchangeProfile.Key(
                                verifying(REGION), EnumSet.allOf(ExchangeProfile.Purpose.class), Optional.empty())),
                Map.of(),
                new ExchangeProfile.Limits(1024, 1024, 1024),
                ExchangeProfile.Order.LENIENT,
                Duration.ofSeconds(300),
                Set.of(ExchangeProfile.Direction.PUSH),
                "duty desk");
        calls = new RegionCalls(
                id -> Optional.of(profile), SigningKeys.always(HUB), Clock.systemUTC(), RegionCallsTest::plain);
    }

    private Partner partnerWith(String delivery) throws IOException {
        Path folder = Files.createDirectories(routes.resolve("province"));
        Files.writeString(folder.resolve("partner.yaml"), """
                partner: province
                name: {zh: 省, en: Province}
                connected: false
                protocol: chx
                address: https://province.invalid/partner/v1
                operations: {application: cn.shuniu.case.submitted.v1}
                delivery: {unknown-outcome: recognises-id, %s}
                """.formatted(delivery));
        return PartnerDirectory.load(routes, text -> text).find("province").orElseThrow();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().toString().substring("/partner/v1".length());
        heard.add(exchange.getRequestMethod() + " " + path + " by " + signer(exchange));
        byte[] body = exchange.getRequestBody().readAllBytes().length > 0
                ? "{}".getBytes(StandardCharsets.UTF_8)
                : answers.getOrDefault(path, "{}").getBytes(StandardCharsets.UTF_8);
        Map<String, List<String>> fields = new HashMap<>();
        fields.put("content-type", List.of("application/json"));
        fields.put("content-digest", List.of(ContentDigest.of(body)));
        MessageSigner.Signed signature = MessageSigner.sign(
                SignedMessage.answer(200, fields),
                List.of("@status", "content-type", "content-digest"),
                fault.equals("stranger") ? STRANGER : REGION,
                fault.equals("stale") ? Instant.now().minusSeconds(600) : Instant.now(),
                null);
        fields.forEach((name, values) -> exchange.getResponseHeaders().add(name, values.get(0)));
        if (!fault.equals("unsigned")) {
            exchange.getResponseHeaders().add("Signature-Input", signature.input());
            exchange.getResponseHeaders().add("Signature", signature.signature());
        }
        int status = fault.matches("\\d+") ? Integer.parseInt(fault) : 200;
        byte[] sent = fault.equals("changed") ? "[]".getBytes(StandardCharsets.UTF_8) : body;
        exchange.sendResponseHeaders(status, fault.equals("endless") || fault.equals("huge") ? 0 : sent.length);
        send(exchange, sent);
    }

    private void send(HttpExchange exchange, byte[] body) throws IOException {
        try {
            exchange.getResponseBody().write(body);
            while (fault.equals("huge")) {
                exchange.getResponseBody().write(new byte[64 * 1024]);
            }
            if (!fault.equals("endless")) {
                exchange.close();
            }
        } catch (IOException given) {
            // The hub had enough of it.
            exchange.close();
        }
    }

    /** As the region's own door would see it. */
    private String signer(HttpExchange exchange) {
        Map<String, List<String>> fields = new HashMap<>();
        exchange.getRequestHeaders().forEach((name, values) -> fields.put(name.toLowerCase(Locale.ROOT), values));
        URI target =
                URI.create("http://127.0.0.1:%d%s".formatted(server.getAddress().getPort(), exchange.getRequestURI()));
        return new MessageVerifier(keyid -> Optional.of(verifying(HUB)), Duration.ofMinutes(5))
                .verify(
                        SignedMessage.request(exchange.getRequestMethod(), target, fields),
                        exchange.getRequestMethod().equals("GET")
                                ? Set.of("@method", "@target-uri")
                                : Set.of("@method", "@target-uri", "content-type", "content-digest", "idempotency-key"),
                        Instant.now())
                .keyid();
    }

    @Test
    void readsWhatTheRegionSignedAndHandsItWhatTheHubSigns() throws Exception {
        answers.put("/manifest/2026-11-24", "{\"kind\":\"MANIFEST\"}");

        RegionCalls.Answer answer = calls.get(partner, "/manifest/2026-11-24");
        MessageSigner.Signed signed = calls.post(partner, "/manifest/2026-11-24", new byte[] {'{', '}'}, Instant.now());

        assertThat(answer.body()).asString().isEqualTo("{\"kind\":\"MANIFEST\"}");
        assertThat(answer.signature().keyid()).isEqualTo("region-1");
        assertThat(signed.base()).contains("/manifest/2026-11-24", ContentDigest.of(new byte[] {'{', '}'}));
        assertThat(heard).containsExactly("GET /manifest/2026-11-24 by hub-1", "POST /manifest/2026-11-24 by hub-1");
    }

    @ParameterizedTest
    @CsvSource({
        "unsigned, signature-invalid",
        "stranger, signature-invalid",
        "stale, signature-stale",
        "changed, digest-mismatch",
        "404, HTTP 404",
        "302, HTTP 302",
        "endless, no complete answer within 2000 ms",
        "huge, the connection broke"
    })
    void believesNothingElse(String what, String reason) throws IOException {
        fault = what;
        if (what.equals("endless")) {
            partner = partnerWith("connect: 1s, deadline: 2s");
        }

        assertThatThrownBy(() -> calls.get(partner, "/manifest/2026-11-24"))
                .isInstanceOf(RegionCalls.NotHad.class)
                .hasMessageContaining(reason);
        assertThat(heard).hasSize(1);
    }

    @Test
    void readsAListPageByPageToItsEnd() throws Exception {
        answers.put(
                "/manifest/2026-11-24/sent?max=1000",
                "{\"entries\":[%s],\"next\":\"7-a\"}".formatted(entry("0123456789abcdef", "DELIVERED")));
        answers.put(
                "/manifest/2026-11-24/sent?max=1000&after=7-a",
                "{\"entries\":[%s]}".formatted(entry("1123456789abcdef", "RELAYED")));
        List<RegionManifest.Said> said = new ArrayList<>();

        manifest(Clock.systemUTC()).each(DAY, ManifestLists.Side.SENT, (page, raw) -> said.addAll(page));

        assertThat(said)
                .extracting(RegionManifest.Said::messageId, RegionManifest.Said::isFinal)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("0123456789abcdef", true),
                        org.assertj.core.groups.Tuple.tuple("1123456789abcdef", false));
        assertThat(said.get(0).digest()).matches("[0-9a-f]{64}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"entries\":[],\"next\":\"7-a\"}|no end",
                "{\"entries\":[{\"messageId\":\"x\"}]}|no messageId",
                "{\"entries\":[{\"messageId\":\"0123456789abcdef\",\"contentDigest\":\"md5=:x:\"}]}|no contentDigest",
                "nonsense|no JSON"
            })
    void refusesAListThatIsNone(String body, String reason) {
        answers.put("/manifest/2026-11-24/accepted?max=1000", body);

        assertThatThrownBy(() -> manifest(Clock.systemUTC()).each(DAY, ManifestLists.Side.ACCEPTED, (page, raw) -> {}))
                .isInstanceOf(CountFailed.class)
                .hasMessageContaining(reason);
    }

    /** Nobody waits for ever for a region that always has one more page. */
    @Test
    void endsAListThatHasNoEnd() {
        answers.put(
                "/manifest/2026-11-24/accepted?max=1000",
                "{\"entries\":[%s],\"next\":\"7-a\"}".formatted(entry("0123456789abcdef", "RELAYED")));
        Iterator<Instant> times = Stream.iterate(Instant.now(), now -> now.plus(Duration.ofMinutes(6)))
                .iterator();
        InstantSource slow = times::next;

        assertThatThrownBy(() -> manifest(slow.withZone(ZoneOffset.UTC))
                        .each(DAY, ManifestLists.Side.ACCEPTED, (page, raw) -> {}))
                .isInstanceOf(CountFailed.class)
                .hasMessageContaining("did not end within 10 minutes");
    }

    private RegionManifest manifest(Clock clock) {
        return new RegionManifest(calls, partner, clock, () -> {});
    }

    private static String entry(String id, String state) {
        return "{\"messageId\":\"%s\",\"contentDigest\":\"%s\",\"acceptedAt\":\"2026-11-24T10:00:00.123+08:00\",\"state\":\"%s\"}"
                .formatted(id, DIGEST, state);
    }
}
