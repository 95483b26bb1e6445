package org.shuniu.simulator;

import java.io.ByteArrayInputStream;
import java.util.HashMap;
import java.util.Map;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** A transaction in a SOAP 1.2 envelope, its texts by their elements' names. */
record TransactionMessage(Map<String, String> values) {
    static final String ENVELOPE = "http://www.w3.org/2003/05/soap-envelope";

    private static final XMLInputFactory XML = hardened();

    static TransactionMessage read(byte[] envelope) throws XMLStreamException {
        XMLStreamReader reader = XML.createXMLStreamReader(new ByteArrayInputStream(envelope));
        try {
            reader.nextTag();
            reader.require(XMLStreamReader.START_ELEMENT, ENVELOPE, "Envelope");
            return new TransactionMessage(texts(reader));
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

    private static Map<String, String> texts(XMLStreamReader reader) throws XMLStreamException {
        Map<String, String> texts = new HashMap<>();
        StringBuilder text = new StringBuilder();
        while (reader.hasNext()) {
            switch (reader.next()) {
                case XMLStreamReader.START_ELEMENT -> text.setLength(0);
                case XMLStreamReader.CHARACTERS, XMLStreamReader.CDATA -> text.append(reader.getText());
                case XMLStreamReader.END_ELEMENT -> {
                    texts.putIfAbsent(reader.getLocalName(), text.toString());
                    text.setLength(0);
                }
                default -> {}
            }
        }
        return texts;
    }

    private static XMLInputFactory hardened() {
        XMLInputFactory factory = XMLInputFactory.newFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        return factory;
    }
}
