package org.shuniu.simulator;

import java.io.StringWriter;
import java.util.Map;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** Answers of offices that write XML: one element with a text for each field. */
final class ContractXml {

    private static final String ENVELOPE = "http://www.w3.org/2003/05/soap-envelope";

    private ContractXml() {}

    static String element(String root, Map<String, String> texts) {
        StringWriter text = new StringWriter();
        try {
            XMLStreamWriter xml = XMLOutputFactory.newFactory().createXMLStreamWriter(text);
            xml.writeStartElement(root);
            write(xml, texts);
            xml.writeEndElement();
            xml.close();
        } catch (XMLStreamException never) {
            throw new IllegalStateException(never);
        }
        return text.toString();
    }

    /** The same in the body of SOAP 1.2. */
    static String envelope(String namespace, String root, Map<String, String> texts) {
        StringWriter text = new StringWriter();
        try {
            XMLStreamWriter xml = XMLOutputFactory.newFactory().createXMLStreamWriter(text);
            xml.writeStartElement("env", "Envelope", ENVELOPE);
            xml.writeNamespace("env", ENVELOPE);
            xml.writeNamespace("c", namespace);
            xml.writeStartElement("env", "Body", ENVELOPE);
            xml.writeStartElement("c", root, namespace);
            write(xml, texts);
            xml.writeEndElement();
            xml.writeEndElement();
            xml.writeEndElement();
            xml.close();
        } catch (XMLStreamException never) {
            throw new IllegalStateException(never);
        }
        return text.toString();
    }

    private static void write(XMLStreamWriter xml, Map<String, String> texts) throws XMLStreamException {
        for (Map.Entry<String, String> field : texts.entrySet()) {
            xml.writeStartElement(field.getKey());
            xml.writeCharacters(field.getValue());
            xml.writeEndElement();
        }
    }
}
