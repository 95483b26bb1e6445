package org.shuniu.codec;

import java.io.StringWriter;
import java.nio.charset.Charset;
import java.util.Map;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes a tree as XML in one charset, which the declaration names. */
final class XmlWriter {

    private static final XMLOutputFactory FACTORY = XMLOutputFactory.newDefaultFactory();

    private final Charset charset;
    private final Map<String, String> namespaces;

    XmlWriter(Charset charset, Map<String, String> namespaces) {
        this.charset = charset;
        this.namespaces = namespaces;
    }

    byte[] write(String root, ObjectNode tree) {
        StringWriter text = new StringWriter();
        try {
            XMLStreamWriter writer = FACTORY.createXMLStreamWriter(text);
            writer.writeStartDocument(charset.name(), "1.0");
            start(writer, root);
            for (Map.Entry<String, String> namespace : namespaces.entrySet()) {
                declare(writer, namespace.getKey(), namespace.getValue());
            }
            content(writer, tree);
            writer.writeEndElement();
            writer.writeEndDocument();
        } catch (XMLStreamException broken) {
            throw new Garbled("the tree cannot be written as XML");
        }
        Text.requireEncodable(text.toString(), charset);
        return text.toString().getBytes(charset);
    }

    private static void declare(XMLStreamWriter writer, String prefix, String uri) throws XMLStreamException {
        if (prefix.isEmpty()) {
            writer.writeDefaultNamespace(uri);
        } else {
            writer.writeNamespace(prefix, uri);
        }
    }

    private void content(XMLStreamWriter writer, JsonNode value) throws XMLStreamException {
        if (!value.isObject()) {
            writer.writeCharacters(plain(value));
            return;
        }
        for (Map.Entry<String, JsonNode> entry : value.properties()) {
            if (entry.getKey().startsWith("@")) {
                writer.writeAttribute(entry.getKey().substring(1), plain(entry.getValue()));
            }
        }
        for (Map.Entry<String, JsonNode> entry : value.properties()) {
            if (entry.getKey().equals("#text")) {
                writer.writeCharacters(plain(entry.getValue()));
            } else if (!entry.getKey().startsWith("@")) {
                elements(writer, entry.getKey(), entry.getValue());
            }
        }
    }

    private void elements(XMLStreamWriter writer, String name, JsonNode value) throws XMLStreamException {
        for (JsonNode one : value.isArray() ? value : java.util.List.of(value)) {
            start(writer, name);
            content(writer, one);
            writer.writeEndElement();
        }
    }

    private void start(XMLStreamWriter writer, String name) throws XMLStreamException {
        int colon = name.indexOf(':');
        String prefix = colon < 0 ? "" : name.substring(0, colon);
        String space = namespaces.get(prefix);
        if (colon >= 0 && space == null) {
            throw new Garbled("the prefix %s has no namespace in the codec's settings".formatted(prefix));
        }
        writer.writeStartElement(prefix, name.substring(colon + 1), space == null ? "" : space);
    }

    private static String plain(JsonNode value) {
        String text = value.isNull() ? "" : value.asString();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' && c != '\n' && c != '\t' && c != '\r' || c == '\uFFFE' || c == '\uFFFF') {
                throw new Garbled("a control character in a value; XML has none");
            }
        }
        return text;
    }
}
