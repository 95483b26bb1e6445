package org.shuniu.command;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The hub that an engineer's command asks, and as whom. */
final class AskedHub {

    /** Longer than the hub takes for anything, if its settings are not changed. */
    private static final Duration DEADLINE = Duration.ofSeconds(150);

    private static final int HTTP_OK = 200;

    /**
     * What the hub answers.
     *
     * @param body of JSON, or missing where it is none
     */
    record Answer(int status, JsonNode body) {

        boolean isDone() {
            return status == HTTP_OK;
        }

        /** Why it does not do what was asked. */
        String why() {
            return "HTTP %d: %s".formatted(status, body.path("title").asString(body.toString()));
        }

        /** @throws IllegalArgumentException with the hub's own words where it did not do it */
        JsonNode require() {
            if (!isDone()) {
                throw new IllegalArgumentException(why());
            }
            return body;
        }
    }

    @Option(
            names = "--hub",
            paramLabel = "URL",
            description = "where the hub is; by default on this machine, at its setting server.port")
    private @Nullable URI hub;

    @Option(
            names = "--as",
            paramLabel = "NAME",
            description = "who asks, with the secret NAME-token; by default ${DEFAULT-VALUE}")
    private String as = "engineer";

    Answer get(CommandSettings settings, String path) throws IOException, InterruptedException {
        return answer(calls(settings).get("/ops/v1" + path));
    }

    Answer post(CommandSettings settings, String path, JsonNode body) throws IOException, InterruptedException {
        return answer(calls(settings).post("/ops/v1" + path, body.toString(), DEADLINE));
    }

    HubCalls calls(CommandSettings settings) {
        return HubCalls.by(settings, hub, as);
    }

    private static Answer answer(HttpResponse<String> answer) throws IOException {
        try {
            return new Answer(answer.statusCode(), JsonMapper.shared().readTree(answer.body()));
        } catch (JacksonException noHub) {
            throw new IOException(
                    "HTTP %d without JSON, expected the answer of a hub (--hub=URL)".formatted(answer.statusCode()),
                    noHub);
        }
    }
}
