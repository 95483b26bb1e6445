package org.shuniu.simulator;

import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.util.HashMap;
import java.util.Map;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** A request to the health commission: the texts of its elements by their names. */
record HealthMessage(Map<String, String> values) {
    static final Charset CHARSET = Charset.forName("GB18030");
    private static final XMLInputFactory XML = hardened();

    /** Bytes that are not GB18030 are no request. */
    static HealthMessage read(byte[] body) throws XMLStreamException {
        try {
            String text = CHARSET.newDecoder().decode(ByteBuffer.wrap(body)).toString();
            return new HealthMessage(texts(XML.createXMLStreamReader(new StringReader(text))));
        } catch (CharacterCodingException e) {
            throw new XMLStreamException("not GB18030", e);
        }
    }

    String get(String name) {
        return values.getOrDefault(name, "").trim();
    }

    private static Map<String, String> texts(XMLStreamReader reader) throws XMLStreamException {
        Map<String, String> texts = new HashMap<>();
        StringBuilder text = new StringBuilder();
        while (reader.hasNext()) {
            int event = reader.next();
            if (event == XMLStreamReader.START_ELEMENT) {
                text.setLength(0);
            } else if (event == XMLStreamReader.CHARACTERS) {
                text.append(reader.getText());
            } else if (event == XMLStreamReader.END_ELEMENT) {
                texts.putIfAbsent(reader.getLocalName(), text.toString());
                text.setLength(0);
            }
        }
        return texts;
    }

    private static XMLInputFactory hardened() {
        XMLInputFactory factory = XMLInputFactory.newFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        return factory;
    }
}
