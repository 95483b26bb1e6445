package org.shuniu.simulator;

import java.nio.charset.StandardCharsets;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a simulated partner answers over HTTP. */
record Answer(int status, String mediaType, byte[] body) {

    static final JsonMapper JSON = JsonMapper.builder().build();

    static Answer json(int status, JsonNode tree) {
        return new Answer(status, "application/json", JSON.writeValueAsBytes(tree));
    }

    static Answer text(int status, String mediaType, String body) {
        return new Answer(status, mediaType, body.getBytes(StandardCharsets.UTF_8));
    }
}
