package org.shuniu.command;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** The API of a hub that runs, called with a sender's token. */
final class HubCalls {

    private static final Duration DEADLINE = Duration.ofSeconds(10);

    private final URI hub;
    private final String token;
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(DEADLINE).build();

    HubCalls(URI hub, String token) {
        this.hub = hub;
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

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(hub.resolve(path)).timeout(DEADLINE).header("Authorization", "Bearer " + token);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        try {
            return client.send(request.build(), BodyHandlers.ofString());
        } catch (IOException away) {
            throw new IOException(
                    "no answer from a hub at %s, expected one that runs there (--hub=URL)".formatted(hub), away);
        }
    }
}
