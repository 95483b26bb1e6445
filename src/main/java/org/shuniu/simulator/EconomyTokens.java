package org.shuniu.simulator;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Tokens of the economy commission: promised for five minutes, dead after one, or after fifty uses. */
final class EconomyTokens {
    static final int USES = 50;
    private static final long NANOS = TimeUnit.SECONDS.toNanos(60);
    private static final String CLIENT = "shuniu";

    private record Life(long bornAt, AtomicInteger uses) {
        boolean isOver() {
            return uses.get() >= USES || System.nanoTime() - bornAt > NANOS;
        }

        boolean use() {
            return System.nanoTime() - bornAt <= NANOS && uses.incrementAndGet() <= USES;
        }
    }

    private final SecretFiles secrets;
    private final Map<String, Life> tokens = new ConcurrentHashMap<>();

    EconomyTokens(SecretFiles secrets) {
        this.secrets = secrets;
    }

    HttpReply issue(HttpCall call) {
        if (!call.text().contains("grant_type=client_credentials")) {
            return problem(400, "unsupported_grant_type");
        }
        if (!secrets.matches("economy-client-secret", secretOf(call))) {
            return problem(401, "invalid_client");
        }
        tokens.values().removeIf(Life::isOver);
        String token = UUID.randomUUID().toString();
        tokens.put(token, new Life(System.nanoTime(), new AtomicInteger()));
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        answer.put("access_token", token).put("token_type", "Bearer").put("expires_in", 300);
        return HttpReply.json(200, answer);
    }

    /** The refusal that a call without a living token gets. */
    Optional<HttpReply> refusal(HttpCall call) {
        String token = call.credential("Bearer");
        Life life = token == null ? null : tokens.get(token);
        return life != null && life.use() ? Optional.empty() : Optional.of(problem(401, "invalid_token"));
    }

    private static String secretOf(HttpCall call) {
        String basic = call.credential("Basic");
        if (basic == null) {
            return null;
        }
        try {
            String pair = new String(Base64.getDecoder().decode(basic), StandardCharsets.UTF_8);
            return pair.startsWith(CLIENT + ":") ? pair.substring(CLIENT.length() + 1) : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static HttpReply problem(int status, String error) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        return HttpReply.json(status, body.put("error", error));
    }
}
