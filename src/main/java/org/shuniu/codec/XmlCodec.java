package org.shuniu.codec;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * XML as a tree: elements are keys, repeated ones lists, attributes {@code @name}, text beside attributes {@code #text};
 * an element of a namespace is {@code prefix:name} with the prefix that the mapping declares.
 *
 * <p>The charset is the mapping's, whatever the declaration says; a byte order mark is skipped. Where it is not UTF-8, a
 * longer text that can only be UTF-8 is read as that.
 */
final class XmlCodec implements Codec {

    private final String root;
    private final Charset charset;
    private final Map<String, String> namespaces;
    private final String mediaType;
    private final boolean dropsControls;

    /** @param dropsControls whether characters that XML forbids are left out of what is read */
    XmlCodec(String root, Charset charset, Map<String, String> namespaces, String mediaType, boolean dropsControls) {
        this.root = root;
        this.charset = charset;
        this.namespaces = Map.copyOf(namespaces);
        this.mediaType = mediaType;
        this.dropsControls = dropsControls;
    }

    @Override
    public Charset charset() {
        return charset;
    }

    @Override
    public String mediaType() {
        return mediaType + "; charset=" + charset.name();
    }

    /** Examples are written in UTF-8. */
    @Override
    public Codec content() {
        return new XmlCodec(root, StandardCharsets.UTF_8, namespaces, mediaType, dropsControls);
    }

    @Override
    public byte[] encode(ObjectNode tree) {
        return new XmlWriter(charset, namespaces).write(root, tree);
    }

    @Override
    public JsonNode decode(byte[] bytes) {
        boolean asAgreed = charset.equals(StandardCharsets.UTF_8) || !Text.isSurelyUtf8(bytes);
        String text = Text.decode(bytes, asAgreed ? charset : StandardCharsets.UTF_8);
        return new XmlReader(namespaces).read(root, dropsControls ? Text.withoutControls(text) : text);
    }
}
