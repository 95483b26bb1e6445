package org.shuniu.codec;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Fields of a form, {@code a=1&b=2}, percent-encoded in one charset, which is the mapping's. */
final class FormCodec implements Codec {

    private static final int MOST_FIELDS = 100;

    private final Charset charset;

    FormCodec(Charset charset) {
        this.charset = charset;
    }

    @Override
    public String mediaType() {
        return "application/x-www-form-urlencoded; charset=" + charset.name();
    }

    /** Examples are written as JSON: what is percent-encoded nobody can read. */
    @Override
    public Codec content() {
        return new JsonCodec();
    }

    @Override
    public byte[] encode(ObjectNode tree) {
        List<String> fields = new ArrayList<>();
        for (Map.Entry<String, JsonNode> field : tree.properties()) {
            if (field.getValue().isContainer()) {
                throw new Garbled("field %s: expected one value".formatted(field.getKey()));
            }
            String value = field.getValue().asString("");
            Text.requireEncodable(value, charset);
            fields.add(
                    "%s=%s".formatted(URLEncoder.encode(field.getKey(), charset), URLEncoder.encode(value, charset)));
        }
        return String.join("&", fields).getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public JsonNode decode(byte[] bytes) {
        String[] fields = Text.decode(bytes, charset).strip().split("&");
        if (fields.length > MOST_FIELDS) {
            throw new Garbled("more than %d fields".formatted(MOST_FIELDS));
        }
        ObjectNode tree = JsonNodeFactory.instance.objectNode();
        for (String field : fields) {
            int equals = field.indexOf('=');
            if (equals < 1 || tree.has(field.substring(0, equals))) {
                throw new Garbled("expected fields such as a=1&b=2, each once");
            }
            tree.put(field.substring(0, equals), decoded(field.substring(equals + 1)));
        }
        return tree;
    }

    private String decoded(String value) {
        try {
            return URLDecoder.decode(value, charset);
        } catch (IllegalArgumentException broken) {
            throw new Garbled("a field is not percent-encoded");
        }
    }
}
