package org.shuniu.scaffold;

import java.io.StringWriter;
import java.util.Map;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What an office that speaks SOAP says, made of the same in JSON. */
final class SoapExample {

    private static final String ENVELOPE = "http://www.w3.org/2003/05/soap-envelope";

    private SoapExample() {}

    /** The namespace of all messages of a partner. */
    static String namespace(String partner) {
        return "urn:%s:cases".formatted(partner);
    }

    static String envelope(String partner, String root, String json) {
        StringWriter text = new StringWriter();
        try {
            XMLStreamWriter xml = XMLOutputFactory.newFactory().createXMLStreamWriter(text);
            xml.writeStartElement("env", "Envelope", ENVELOPE);
            xml.writeNamespace("env", ENVELOPE);
            xml.writeNamespace("c", namespace(partner));
            xml.writeStartElement("env", "Body", ENVELOPE);
            xml.writeStartElement("c", root, namespace(partner));
            for (Map.Entry<String, JsonNode> field :
                    JsonMapper.shared().readTree(json).properties()) {
                xml.writeCharacters("\n  ");
                xml.writeStartElement(field.getKey());
                xml.writeCharacters(field.getValue().asString(""));
                xml.writeEndElement();
            }
            xml.writeCharacters("\n");
            xml.writeEndElement();
            xml.writeEndElement();
            xml.writeEndElement();
            xml.close();
        } catch (XMLStreamException never) {
            throw new IllegalStateException(never);
        }
        return text + "\n";
    }
}
