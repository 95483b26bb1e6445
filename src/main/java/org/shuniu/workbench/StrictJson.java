package org.shuniu.workbench;

import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** JSON as people type it: one object, in which no key stands twice. */
final class StrictJson {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private StrictJson() {}

    /**
     * Reads it.
     *
     * @throws tools.jackson.core.JacksonException when it is no JSON
     * @throws IllegalArgumentException when it is another value than an object
     */
    static JsonNode object(String text) {
        JsonNode tree = MAPPER.readTree(text);
        if (!tree.isObject()) {
            throw new IllegalArgumentException("it is no object; expected one such as {\"document\": {…}}");
        }
        return tree;
    }
}
