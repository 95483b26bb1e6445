package org.shuniu.fault;

import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLFactory;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** YAML as people write it for the hub: one document, in which no key stands twice. */
public final class StrictYaml {

    private static final YAMLMapper MAPPER = YAMLMapper.builder(YAMLFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private StrictYaml() {}

    /**
     * Reads all documents of a text, as settings may have several.
     *
     * @throws JacksonException which {@link Fault#ofText} tells
     */
    public static void readAll(String text) {
        MAPPER.readerFor(JsonNode.class).readValues(text).readAll();
    }

    /** @throws JacksonException which {@link Fault#ofText} tells */
    public static JsonNode read(String text) {
        return MAPPER.readTree(text);
    }
}
