package org.shuniu.simulator;

import java.io.ByteArrayInputStream;
import java.util.Map;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** A transaction in a SOAP 1.2 envelope, its texts by their elements' names. */
record TransactionMessage(Map<String, String> values) {
    static final String ENVELOPE = "http://www.w3.org/2003/05/soap-envelope";

    private static final XMLInputFactory XML = XmlTexts.hardened();

    static TransactionMessage read(byte[] envelope) throws XMLStreamException {
        XMLStreamReader reader = XML.createXMLStreamReader(new ByteArrayInputStream(envelope));
        try {
            reader.nextTag();
            reader.require(XMLStreamReader.START_ELEMENT, ENVELOPE, "Envelope");
            return new TransactionMessage(XmlTexts.of(reader));
        } finally {
            reader.close();
        }
    }

    String get(String name) {
        return values.getOrDefault(name, "").strip();
    }

    boolean isRefused() {
        return get("aae013").contains("REFUSE");
    }
}
