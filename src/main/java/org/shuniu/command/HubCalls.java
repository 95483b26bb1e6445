package org.shuniu.command;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.shuniu.HubProperties;
import org.shuniu.partner.Secrets;

/** The API of a hub that runs, called with the token of a sender, an operator or an engineer. */
final class HubCalls {

    private static final Duration DEADLINE = Duration.ofSeconds(10);
    private static final Set<String> SCHEMES = Set.of("http", "https");

    private final String hub;
    private final String token;
    private final HttpClient client = HttpClient.newBuilder()
            .connectTimeout(DEADLINE)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    /**
     * As somebody, by his token.
     *
     * @param hub where it is; by default on this machine, at its setting server.port
     * @param name of whoever asks, with the secret NAME-token
     */
    static HubCalls by(CommandSettings settings, @Nullable URI hub, String name) {
        String secret = name + "-token";
        String token = Secrets.of(settings.bind("shuniu", HubProperties.class).secretsDir(), System.getenv())
                .require(secret);
        return new HubCalls(hub == null ? settings.ownAddress() : hub, token, secret);
    }

    /** @param secret the name of the token's secret; the token itself is never told */
    HubCalls(URI hub, String token, String secret) {
        if (hub.getHost() == null || !SCHEMES.contains(hub.getScheme())) {
            throw new Unclear("--hub: found %s, expected an address such as http://127.0.0.1:8080".formatted(hub));
        }
        if (!token.chars().allMatch(letter -> letter > ' ' && letter < 0x7f)) {
            throw new IllegalArgumentException(
                    "the secret %s holds characters that no header takes, expected ASCII in one line"
                            .formatted(secret));
        }
        this.hub = hub.toString().replaceFirst("/+$", "");
        this.token = token;
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(request(path).GET());
    }

    HttpResponse<String> post(String path, String key, String json) throws IOException, InterruptedException {
        return send(request(path)
                .header("Idempotency-Key", key)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json)));
    }

    /** What takes its time. */
    HttpResponse<String> post(String path, String json, Duration deadline) throws IOException, InterruptedException {
        return send(request(path)
                .timeout(deadline)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json)));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(hub + path))
                .timeout(DEADLINE)
                .header("Authorization", "Bearer " + token);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        try {
            return client.send(request.build(), BodyHandlers.ofString());
        } catch (IOException away) {
            throw new IOException(
                    "no answer from a hub at %s (%s), expected one that runs there (--hub=URL)".formatted(hub, away),
                    away);
        }
    }
}
