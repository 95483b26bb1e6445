package org.shuniu.document;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;

/** Reads a document strictly and within bounds: what two readers could understand differently is refused, not guessed at. */
public final class DocumentReader {
    /** The largest document in bytes. */
    public static final int LARGEST = 256 * 1024;

    private static final int DEEPEST = 32;
    private static final int LONGEST_STRING = 64 * 1024;
    private static final int LONGEST_NAME = 200;
    private static final int LONGEST_NUMBER = 100;
    private static final int MOST_TOKENS = 20_000;
    private static final int LARGEST_EXPONENT = 400;
    private static final String TOO_LONG = "a number with an exponent beyond " + LARGEST_EXPONENT;

    private final JsonMapper mapper = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .maxStringLength(LONGEST_STRING)
                            .maxNameLength(LONGEST_NAME)
                            .maxNumberLength(LONGEST_NUMBER)
                            .maxTokenCount(MOST_TOKENS)
                            .maxDocumentLength(LARGEST)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                    .build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    /** Reads UTF-8 bytes; throws {@link MalformedDocument} for anything that is not exactly one bounded JSON value. */
    public JsonNode read(byte[] bytes) {
        String text = decode(bytes);
        JsonNode tree = parse(text, this::tree);
        if (unusable(tree)) {
            parse(text, DocumentReader::refuseUnusable);
        }
        return tree;
    }

    private <T> T parse(String text, Function<JsonParser, T> reading) {
        try (JsonParser parser = mapper.createParser(text)) {
            try {
                return reading.apply(parser);
            } catch (JacksonException failure) {
                TokenStreamLocation known = failure.getLocation();
                throw at(known == null ? parser.currentLocation() : known, reason(failure));
            } catch (NumberFormatException failure) {
                // What an exponent of the tree's numbers can't hold is not the library's own exception.
                throw at(parser.currentTokenLocation(), TOO_LONG);
            }
        }
    }

    private JsonNode tree(JsonParser parser) {
        JsonNode tree = mapper.readTree(parser);
        if (tree == null || tree.isMissingNode()) {
            throw new MalformedDocument("nothing where a JSON document was expected", 1, 1);
        }
        if (parser.nextToken() != null) {
            throw at(parser.currentTokenLocation(), "more text after the end of the document");
        }
        return tree;
    }

    private static String decode(byte[] bytes) {
        if (bytes.length > LARGEST) {
            throw new MalformedDocument("a document of more than " + LARGEST + " bytes", 1, 1);
        }
        CharBuffer chars = CharBuffer.allocate(bytes.length);
        CoderResult result = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .decode(ByteBuffer.wrap(bytes), chars, true);
        String text = chars.flip().toString();
        if (result.isError()) {
            throw atEndOf(text, "bytes that are not UTF-8");
        }
        if (text.startsWith("\uFEFF")) {
            throw new MalformedDocument("a byte order mark before the document", 1, 1);
        }
        if (text.indexOf('\0') >= 0) {
            throw atEndOf(text.substring(0, text.indexOf('\0')), "a NUL character, or text that is not UTF-8");
        }
        return text;
    }

    private static boolean unusable(JsonNode value) {
        return switch (value.getNodeType()) {
            case STRING -> unstorable(value.stringValue());
            case NUMBER -> value.isBigDecimal() && unbounded(value.decimalValue());
            case OBJECT ->
                value.propertyNames().stream().anyMatch(DocumentReader::unstorable)
                        || value.values().stream().anyMatch(DocumentReader::unusable);
            case ARRAY -> value.values().stream().anyMatch(DocumentReader::unusable);
            default -> false;
        };
    }

    /** Reads again to say where; the tree has lost the positions. */
    private static JsonToken refuseUnusable(JsonParser parser) {
        JsonToken token = parser.nextToken();
        for (; token != null; token = parser.nextToken()) {
            boolean text = token == JsonToken.VALUE_STRING || token == JsonToken.PROPERTY_NAME;
            if (text && unstorable(parser.getString())) {
                throw at(parser.currentTokenLocation(), "an escaped NUL or half of a surrogate pair");
            }
            if (token == JsonToken.VALUE_NUMBER_FLOAT && unbounded(parser.getDecimalValue())) {
                throw at(parser.currentTokenLocation(), TOO_LONG);
            }
        }
        return token;
    }

    private static boolean unbounded(BigDecimal number) {
        return Math.abs((long) number.scale()) > LARGEST_EXPONENT;
    }

    private static boolean unstorable(String text) {
        for (int i = 0; i < text.length(); i++) {
            int point = text.codePointAt(i);
            if (point == 0 || Character.getType(point) == Character.SURROGATE) {
                return true;
            }
            i += Character.charCount(point) - 1;
        }
        return false;
    }

    /** The library's own messages quote the document, so they are told apart here and never passed on. */
    private static String reason(JacksonException failure) {
        String message = String.valueOf(failure.getOriginalMessage());
        if (message.startsWith("Duplicate ")) {
            return "a property name twice in one object";
        }
        if (failure instanceof StreamConstraintsException) {
            return bound(message);
        }
        return "text that is not well-formed JSON";
    }

    private static String bound(String message) {
        if (message.contains("nesting depth")) {
            return "nesting deeper than " + DEEPEST;
        }
        if (message.startsWith("String ")) {
            return "a string longer than " + LONGEST_STRING + " characters";
        }
        if (message.startsWith("Name ")) {
            return "a property name longer than " + LONGEST_NAME + " characters";
        }
        if (message.startsWith("Number ")) {
            return "a number longer than " + LONGEST_NUMBER + " characters";
        }
        return "more than " + MOST_TOKENS + " values and names, or another bound";
    }

    private static MalformedDocument at(TokenStreamLocation location, String reason) {
        return new MalformedDocument(reason, Math.max(1, location.getLineNr()), Math.max(1, location.getColumnNr()));
    }

    private static MalformedDocument atEndOf(String text, String reason) {
        int line = 1 + (int) text.chars().filter(it -> it == '\n').count();
        return new MalformedDocument(reason, line, text.length() - text.lastIndexOf('\n'));
    }
}
