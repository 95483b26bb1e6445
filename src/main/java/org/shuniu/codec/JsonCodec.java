package org.shuniu.codec;

import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** JSON in UTF-8; numbers keep every digit, doubled keys are refused. */
final class JsonCodec implements Codec {

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(100)
                            .maxNumberLength(100)
                            .maxDocumentLength(16L * 1024 * 1024)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS, DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    @Override
    public String mediaType() {
        return "application/json";
    }

    @Override
    public byte[] encode(ObjectNode tree) {
        return MAPPER.writeValueAsBytes(tree);
    }

    /** Whether a text may hold a character that only an escape can write; spares all others the look. */
    private static boolean holdsEscapes(byte[] bytes) {
        for (int i = 1; i < bytes.length; i++) {
            if (bytes[i] == 'u' && bytes[i - 1] == '\\') {
                return true;
            }
        }
        return false;
    }

    /** No database and no other partner takes these. */
    private static void refuseUnwritable(JsonNode node) {
        if (node.isString()
                && node.stringValue()
                        .codePoints()
                        .anyMatch(point -> point == 0 || Character.getType(point) == Character.SURROGATE)) {
            throw new Garbled("an escaped NUL or half of a surrogate pair");
        }
        node.propertyNames().forEach(name -> {
            if (name.indexOf(0) >= 0) {
                throw new Garbled("a NUL in a name");
            }
        });
        node.forEach(JsonCodec::refuseUnwritable);
    }

    @Override
    public JsonNode decode(byte[] bytes) {
        try {
            JsonNode tree = MAPPER.readTree(bytes);
            if (tree == null || !tree.isObject()) {
                throw new Garbled("expected a JSON object");
            }
            if (holdsEscapes(bytes)) {
                refuseUnwritable(tree);
            }
            return tree;
        } catch (JacksonException broken) {
            throw new Garbled("not JSON: line %d, column %d"
                    .formatted(
                            broken.getLocation() == null
                                    ? 0
                                    : broken.getLocation().getLineNr(),
                            broken.getLocation() == null
                                    ? 0
                                    : broken.getLocation().getColumnNr()));
        }
    }
}
