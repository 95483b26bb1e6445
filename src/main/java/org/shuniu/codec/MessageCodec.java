package org.shuniu.codec;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A message of a queue as the hub kept it: {@code properties} beside its content as {@code text} or {@code base64}; the
 * tree has {@code properties} and {@code content}. Outwards it is the content alone.
 */
final class MessageCodec implements Codec {

    private final JsonCodec envelope = new JsonCodec();
    private final XmlCodec content;

    MessageCodec(XmlCodec content) {
        this.content = content;
    }

    @Override
    public String mediaType() {
        return content.mediaType();
    }

    @Override
    public byte[] encode(ObjectNode tree) {
        return content.encode(tree);
    }

    @Override
    public JsonNode decode(byte[] bytes) {
        JsonNode message = envelope.decode(bytes);
        ObjectNode tree = JsonNodeFactory.instance.objectNode();
        tree.set("properties", message.path("properties"));
        tree.set("content", content.decode(content(message)));
        return tree;
    }

    private static byte[] content(JsonNode message) {
        if (message.path("text").isString()) {
            return message.path("text").stringValue().getBytes(StandardCharsets.UTF_8);
        }
        if (message.path("base64").isString()) {
            return bytes(message.path("base64").stringValue());
        }
        throw new Garbled(
                message.has("size")
                        ? "a message of %d bytes, which is more than the hub takes"
                                .formatted(message.path("size").asLong())
                        : "a message without text or bytes");
    }

    private static byte[] bytes(String base64) {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException broken) {
            throw new Garbled("a message whose bytes are not base64");
        }
    }
}
