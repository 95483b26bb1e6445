package org.shuniu.codec;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * SOAP 1.2 document/literal: the body holds one element, whose tree this is; a fault is the tree {@code fault} with its
 * codes, without the prefixes that each system chooses for itself.
 */
final class SoapDocumentCodec implements Codec {

    static final String MEDIA_TYPE = "application/soap+xml";

    private static final String ENVELOPE = "http://www.w3.org/2003/05/soap-envelope";

    private final String root;
    private final Map<String, String> namespaces;

    SoapDocumentCodec(String root, Map<String, String> namespaces) {
        this.root = root;
        this.namespaces = new LinkedHashMap<>(namespaces);
        this.namespaces.put("soap", ENVELOPE);
    }

    @Override
    public String mediaType() {
        return MEDIA_TYPE + "; charset=UTF-8";
    }

    @Override
    public byte[] encode(ObjectNode tree) {
        ObjectNode envelope = JsonNodeFactory.instance.objectNode();
        envelope.putObject("soap:Body").set(root, tree);
        return new XmlWriter(StandardCharsets.UTF_8, namespaces).write("soap:Envelope", envelope);
    }

    @Override
    public JsonNode decode(byte[] bytes) {
        JsonNode body = new XmlReader(namespaces)
                .read("soap:Envelope", Text.decode(bytes, StandardCharsets.UTF_8))
                .path("soap:Body");
        if (body.path("soap:Fault").isObject()) {
            return fault(body.path("soap:Fault"));
        }
        JsonNode content = body.path(root);
        if (!content.isObject() || body.size() != 1) {
            throw new Garbled("expected a body with one %s".formatted(root));
        }
        return content;
    }

    private static ObjectNode fault(JsonNode fault) {
        ObjectNode tree = JsonNodeFactory.instance.objectNode();
        JsonNode code = fault.path("soap:Code");
        tree.putObject("fault")
                .put("code", withoutPrefix(code.path("soap:Value")))
                .put("subcode", withoutPrefix(code.path("soap:Subcode").path("soap:Value")));
        return tree;
    }

    private static String withoutPrefix(JsonNode name) {
        String text = name.path("#text").asString(name.asString("")).strip();
        return text.substring(text.indexOf(':') + 1);
    }
}
