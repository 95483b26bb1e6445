package org.shuniu.codec;

import java.nio.charset.StandardCharsets;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** JSON in UTF-8; numbers keep every digit, doubled keys are refused. */
final class JsonCodec implements Codec {

    private static final int LARGEST_EXPONENT = 400;
    private static final String TOO_LONG = "a number with an exponent beyond " + LARGEST_EXPONENT;

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(100)
                            .maxNumberLength(100)
                            .maxDocumentLength(16L * 1024 * 1024)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS, DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    @Override
    public String mediaType() {
        return "application/json";
    }

    @Override
    public byte[] encode(ObjectNode tree) {
        return MAPPER.writeValueAsBytes(tree);
    }

    /** Whether a text may hold what only an escape or an exponent can write; spares all others the look. */
    private static boolean needsLook(String text) {
        for (int i = 1; i < text.length(); i++) {
            char before = text.charAt(i - 1);
            char here = text.charAt(i);
            if (here == 'u' && before == '\\' || (here == 'e' || here == 'E') && before >= '0' && before <= '9') {
                return true;
            }
        }
        return false;
    }

    /** No database and no other partner takes these, and a short number with a long exponent is a very long one. */
    private static void refuseUnwritable(JsonNode node) {
        if (node.isString()) {
            requireCharacters(node.stringValue());
        } else if (node.isBigDecimal() && Math.abs((long) node.decimalValue().scale()) > LARGEST_EXPONENT) {
            throw new Garbled(TOO_LONG);
        }
        node.propertyNames().forEach(JsonCodec::requireCharacters);
        node.forEach(JsonCodec::refuseUnwritable);
    }

    private static void requireCharacters(String text) {
        if (text.codePoints().anyMatch(point -> point == 0 || Character.getType(point) == Character.SURROGATE)) {
            throw new Garbled("an escaped NUL or half of a surrogate pair");
        }
    }

    /** The parser would take other charsets, characters in more bytes than they have, and halves of surrogate pairs as bytes. */
    @Override
    public JsonNode decode(byte[] bytes) {
        String text = Text.decode(bytes, StandardCharsets.UTF_8);
        try {
            JsonNode tree = MAPPER.readTree(text);
            if (tree == null || !tree.isObject()) {
                throw new Garbled("expected a JSON object");
            }
            if (needsLook(text)) {
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
        } catch (NumberFormatException longer) {
            // What an exponent of the tree's numbers can't hold is not the library's own exception.
            throw new Garbled(TOO_LONG);
        }
    }
}
