package org.shuniu.simulator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The hub's API as channels and counters call it, each with its own token. */
final class HubApi {
    private static final Duration DEADLINE = Duration.ofSeconds(5);

    /** What the hub said; status 0 is no answer. */
    record Answer(int status, JsonNode body) {
        private static final Answer NONE = new Answer(0, JsonMapper.shared().createObjectNode());

        boolean isGood() {
            return status / 100 == 2;
        }

        /** Whether the same call may be answered otherwise a little later. */
        boolean mayChange() {
            return status == 0 || status == 408 || status == 429 || status >= 500;
        }

        String text(String name) {
            return body.path(name).asString("");
        }
    }

    private final URI hub;
    private final SecretFiles secrets;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(DEADLINE)
            .build();

    HubApi(URI hub, SecretFiles secrets) {
        this.hub = hub;
        this.secrets = secrets;
    }

    Answer get(String caller, String path) {
        return call(caller, request(path).GET());
    }

    /** @param key makes it the same document however often it is sent */
    Answer post(String caller, String path, String key, String body) {
        return call(
                caller,
                request(path)
                        .header("Idempotency-Key", key)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(hub.resolve(path)).timeout(DEADLINE);
    }

    private Answer call(String caller, HttpRequest.Builder request) {
        try {
            HttpResponse<byte[]> answer = client.send(
                    request.header("Authorization", "Bearer " + secrets.read(caller + "-token"))
                            .build(),
                    BodyHandlers.ofByteArray());
            return new Answer(answer.statusCode(), JsonMapper.shared().readTree(answer.body()));
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
            return Answer.NONE;
        } catch (IOException | UncheckedIOException | JacksonException nothing) {
            return Answer.NONE;
        }
    }
}
