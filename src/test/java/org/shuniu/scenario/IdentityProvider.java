package org.shuniu.scenario;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/** A provider of identities by OpenID Connect on loopback: it checks what a client sends, and can be told what to do wrong. */
final class IdentityProvider implements AutoCloseable {

    static final String CLIENT = "console";
    static final String SECRET = "of the console: 100% + more";

    /** What is wrong with the next tokens. */
    enum Fault {
        NONE,
        WRONG_NONCE,
        WRONG_AUDIENCE,
        WRONG_ISSUER,
        WRONG_KEY,
        WRONG_ALGORITHM,
        EXPIRED
    }

    /** Who is logged in at the provider. */
    record Person(String subject, String name, List<String> groups) {}

    private record Grant(Person person, String nonce, String challenge, String redirect) {}

    private final int port;
    private final RSAKey key;
    private final RSAKey otherKey;
    private final ECKey curveKey;
    private final Map<String, Grant> codes = new ConcurrentHashMap<>();
    private HttpServer server;

    volatile Person person = new Person("none", "none", List.of());
    volatile Fault fault = Fault.NONE;
    volatile boolean curve;

    /** Whether a code is good for more than once, as it must not be. */
    volatile boolean forgetful;

    /** How many calls with this code wait here; they end with the provider. */
    static final String SLOW_CODE = "slow";

    final AtomicInteger waiting = new AtomicInteger();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final ExecutorService calls = Executors.newCachedThreadPool();

    IdentityProvider(int port) throws JOSEException {
        this.port = port;
        key = new RSAKeyGenerator(2048).keyID("one").generate();
        otherKey = new RSAKeyGenerator(2048).keyID("one").generate();
        curveKey = new ECKeyGenerator(Curve.P_256).keyID("two").generate();
    }

    String issuer() {
        return "http://127.0.0.1:" + port;
    }

    /** Before this it does not answer. */
    void open() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.createContext("/.well-known/openid-configuration", call -> answer(call, 200, """
                {"issuer":"%1$s","authorization_endpoint":"%1$s/authorize","token_endpoint":"%1$s/token",\
                "jwks_uri":"%1$s/keys","end_session_endpoint":"%1$s/logout"}""".formatted(issuer())));
        server.setExecutor(calls);
        server.createContext("/authorize", this::authorize);
        server.createContext("/token", this::token);
        server.createContext("/keys", call -> answer(call, 200, new JWKSet(List.of(key, curveKey)).toString()));
        server.start();
    }

    @Override
    public void close() {
        closed.countDown();
        if (server != null) {
            server.stop(0);
        }
        calls.shutdownNow();
    }

    /** As a browser's request, of a person who is logged in here already. */
    private void authorize(HttpExchange call) throws IOException {
        Map<String, String> asked = fields(call.getRequestURI().getRawQuery());
        boolean good = CLIENT.equals(asked.get("client_id"))
                && "code".equals(asked.get("response_type"))
                && "S256".equals(asked.get("code_challenge_method"))
                && asked.getOrDefault("scope", "").contains("openid")
                && asked.keySet().containsAll(List.of("state", "nonce", "code_challenge", "redirect_uri"));
        if (!good) {
            answer(call, 400, "{}");
            return;
        }
        String code = UUID.randomUUID().toString();
        codes.put(code, new Grant(person, asked.get("nonce"), asked.get("code_challenge"), asked.get("redirect_uri")));
        call.getResponseHeaders()
                .add(
                        "Location",
                        "%s?code=%s&state=%s"
                                .formatted(
                                        asked.get("redirect_uri"),
                                        code,
                                        asked.get("state").replace("=", "%3D")));
        call.sendResponseHeaders(302, -1);
        call.close();
    }

    private void token(HttpExchange call) throws IOException {
        Map<String, String> form = fields(new String(call.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        if (SLOW_CODE.equals(form.get("code"))) {
            waiting.incrementAndGet();
            await();
        }
        Grant grant =
                forgetful ? codes.get(form.getOrDefault("code", "")) : codes.remove(form.getOrDefault("code", ""));
        if (!isClient(call)) {
            answer(call, 401, "{\"error\":\"invalid_client\"}");
        } else if (grant == null
                || !grant.redirect().equals(form.get("redirect_uri"))
                || !grant.challenge().equals(challenge(form.getOrDefault("code_verifier", "")))) {
            answer(call, 400, "{\"error\":\"invalid_grant\"}");
        } else {
            answer(call, 200, """
                    {"access_token":"%s","token_type":"Bearer","expires_in":60,"id_token":"%s"}""".formatted(UUID.randomUUID(), idToken(grant)));
        }
    }

    private void await() {
        try {
            closed.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean isClient(HttpExchange call) {
        String given = Optional.ofNullable(call.getRequestHeaders().getFirst("Authorization"))
                .orElse("")
                .replaceFirst("^Basic ", "");
        String[] parts = new String(Base64.getDecoder().decode(given), StandardCharsets.UTF_8).split(":", 2);
        return parts.length == 2
                && decoded(parts[0]).equals(CLIENT)
                && decoded(parts[1]).equals(SECRET);
    }

    private String idToken(Grant grant) {
        Instant now = Instant.now();
        Instant issued = fault == Fault.EXPIRED ? now.minusSeconds(7200) : now;
        JWTClaimsSet claims = new JWTClaimsSet.Builder()
                .issuer(fault == Fault.WRONG_ISSUER ? "http://other.example" : issuer())
                .subject(grant.person().subject())
                .audience(fault == Fault.WRONG_AUDIENCE ? "another" : CLIENT)
                .issueTime(Date.from(issued))
                .expirationTime(Date.from(issued.plusSeconds(300)))
                .claim("nonce", fault == Fault.WRONG_NONCE ? "another" : grant.nonce())
                .claim("preferred_username", grant.person().name())
                .claim("access", Map.of("groups", grant.person().groups()))
                .build();
        try {
            SignedJWT token = new SignedJWT(header(), claims);
            token.sign(signer());
            return token.serialize();
        } catch (JOSEException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private JWSHeader header() {
        JWSAlgorithm algorithm =
                fault == Fault.WRONG_ALGORITHM ? JWSAlgorithm.HS256 : curve ? JWSAlgorithm.ES256 : JWSAlgorithm.RS256;
        return new JWSHeader.Builder(algorithm).keyID(curve ? "two" : "one").build();
    }

    private JWSSigner signer() throws JOSEException {
        if (fault == Fault.WRONG_ALGORITHM) {
            return new MACSigner(SECRET.repeat(2));
        }
        return curve ? new ECDSASigner(curveKey) : new RSASSASigner(fault == Fault.WRONG_KEY ? otherKey : key);
    }

    private static String challenge(String verifier) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** The fields of a query or a form. */
    static Map<String, String> fields(String text) {
        Map<String, String> fields = new LinkedHashMap<>();
        Pattern.compile("&")
                .splitAsStream(text)
                .map(field -> field.split("=", 2))
                .forEach(field -> fields.put(decoded(field[0]), field.length == 2 ? decoded(field[1]) : ""));
        return fields;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    private static void answer(HttpExchange call, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        call.getResponseHeaders().add("Content-Type", "application/json");
        call.sendResponseHeaders(status, bytes.length);
        call.getResponseBody().write(bytes);
        call.close();
    }
}
