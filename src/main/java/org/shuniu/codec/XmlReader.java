package org.shuniu.codec;

import java.io.StringReader;
import java.util.Map;
import java.util.stream.Collectors;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Reads XML into a tree; no document type, no entity, nothing external, bounded depth and number of elements. */
final class XmlReader {

    private static final int DEEPEST = 60;
    private static final int MOST_ELEMENTS = 50_000;
    private static final XMLInputFactory FACTORY = hardened();

    private final Map<String, String> prefixes;
    private int elements;

    XmlReader(Map<String, String> namespaces) {
        this.prefixes =
                namespaces.entrySet().stream().collect(Collectors.toMap(Map.Entry::getValue, Map.Entry::getKey));
    }

    static XMLInputFactory hardened() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        return factory;
    }

    JsonNode read(String root, String text) {
        try {
            XMLStreamReader reader = FACTORY.createXMLStreamReader(new StringReader(text));
            skipTo(reader);
            if (!name(reader).equals(root)) {
                throw new Garbled("expected the element %s".formatted(root));
            }
            JsonNode tree = element(reader, 1);
            requireEnd(reader);
            return tree;
        } catch (XMLStreamException broken) {
            throw new Garbled("not well-formed XML: line %d, column %d"
                    .formatted(
                            broken.getLocation() == null
                                    ? 0
                                    : broken.getLocation().getLineNumber(),
                            broken.getLocation() == null
                                    ? 0
                                    : broken.getLocation().getColumnNumber()));
        }
    }

    private static void skipTo(XMLStreamReader reader) throws XMLStreamException {
        while (reader.next() != XMLStreamConstants.START_ELEMENT) {
            requirePlain(reader);
        }
    }

    private static void requireEnd(XMLStreamReader reader) throws XMLStreamException {
        while (reader.hasNext()) {
            reader.next();
            requirePlain(reader);
        }
    }

    private static void requirePlain(XMLStreamReader reader) {
        int event = reader.getEventType();
        if (event == XMLStreamConstants.DTD || event == XMLStreamConstants.ENTITY_REFERENCE) {
            throw new Garbled("a document type or an entity; expected plain XML");
        }
    }

    private JsonNode element(XMLStreamReader reader, int depth) throws XMLStreamException {
        if (depth > DEEPEST || ++elements > MOST_ELEMENTS) {
            throw new Garbled("deeper than %d or more than %d elements".formatted(DEEPEST, MOST_ELEMENTS));
        }
        ObjectNode tree = JsonNodeFactory.instance.objectNode();
        attributes(reader, tree);
        StringBuilder text = new StringBuilder();
        while (reader.next() != XMLStreamConstants.END_ELEMENT) {
            requirePlain(reader);
            if (reader.isStartElement()) {
                add(tree, name(reader), element(reader, depth + 1));
            } else if (reader.isCharacters()) {
                text.append(reader.getText());
            }
        }
        return tree.isEmpty() ? JsonNodeFactory.instance.stringNode(text.toString()) : withText(tree, text.toString());
    }

    private void attributes(XMLStreamReader reader, ObjectNode tree) {
        for (int i = 0; i < reader.getAttributeCount(); i++) {
            String space = reader.getAttributeNamespace(i);
            if (space == null || space.isEmpty()) {
                tree.put("@" + reader.getAttributeLocalName(i), reader.getAttributeValue(i));
            }
        }
    }

    private static JsonNode withText(ObjectNode tree, String text) {
        return text.isBlank() ? tree : tree.put("#text", text);
    }

    private static void add(ObjectNode tree, String name, JsonNode value) {
        JsonNode present = tree.get(name);
        if (present == null) {
            tree.set(name, value);
        } else if (present instanceof ArrayNode list) {
            list.add(value);
        } else {
            tree.putArray(name).add(present).add(value);
        }
    }

    private String name(XMLStreamReader reader) {
        String prefix = prefixes.getOrDefault(reader.getNamespaceURI() == null ? "" : reader.getNamespaceURI(), "");
        return prefix.isEmpty() ? reader.getLocalName() : prefix + ":" + reader.getLocalName();
    }
}
