package org.shuniu.simulator;

import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.node.ObjectNode;

/** Tokens of the certificate library: given for an account and an application's key, promised for longer than they live. */
final class LibraryTokens {
    private static final long LIFE_NANOS = TimeUnit.SECONDS.toNanos(60);
    private static final int PROMISED_SECONDS = 300;

    private final SecretFiles secrets;
    private final Map<String, Long> bornAt = new ConcurrentHashMap<>();

    LibraryTokens(SecretFiles secrets) {
        this.secrets = secrets;
    }

    HttpReply login(HttpCall call) {
        JsonCall request = JsonCall.read(call);
        boolean known = request.text("/app_key").equals("shuniu")
                && secrets.matches("certificate-library-app-secret", request.text("/app_secret"))
                && request.text("/account").equals("shuniu-hub")
                && secrets.matches("certificate-library-password", request.text("/password"));
        if (!known) {
            return refused();
        }
        bornAt.values().removeIf(LibraryTokens::isOver);
        String token = UUID.randomUUID().toString();
        bornAt.put(token, System.nanoTime());
        ObjectNode answer = CertificateLibrarySimulator.object()
                .put("ack_code", "SUCCESS")
                .put("access_token", token)
                .put("expires_in", PROMISED_SECONDS);
        return HttpReply.json(200, answer);
    }

    /** The refusal that a call without a living token gets. */
    Optional<HttpReply> refusal(HttpCall call) {
        String token = call.credential("Bearer");
        Long born = token == null ? null : bornAt.get(token);
        return born == null || isOver(born) ? Optional.of(refused()) : Optional.empty();
    }

    private static boolean isOver(long born) {
        return System.nanoTime() - born > LIFE_NANOS;
    }

    private static HttpReply refused() {
        return HttpReply.json(
                401,
                CertificateLibrarySimulator.object().put("ack_code", "FAILURE").put("error_code", "NO_TOKEN"));
    }
}
