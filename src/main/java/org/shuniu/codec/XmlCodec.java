package org.shuniu.codec;

import java.nio.charset.Charset;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * XML as a tree: elements are keys, repeated ones lists, attributes {@code @name}, text beside attributes {@code #text};
 * an element of a namespace is {@code prefix:name} with the prefix that the mapping declares.
 *
 * <p>The charset is the mapping's, whatever the declaration says; a byte order mark is skipped.
 */
final class XmlCodec implements Codec {

    private final String root;
    private final Charset charset;
    private final Map<String, String> namespaces;

    XmlCodec(String root, Charset charset, Map<String, String> namespaces) {
        this.root = root;
        this.charset = charset;
        this.namespaces = Map.copyOf(namespaces);
    }

    Charset charset() {
        return charset;
    }

    @Override
    public String mediaType() {
        return "application/xml; charset=" + charset.name();
    }

    @Override
    public byte[] encode(ObjectNode tree) {
        return new XmlWriter(charset, namespaces).write(root, tree);
    }

    @Override
    public JsonNode decode(byte[] bytes) {
        return new XmlReader(namespaces).read(root, Text.decode(bytes, charset));
    }
}
