package org.shuniu.simulator;

import java.util.HashMap;
import java.util.Map;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** The texts of a message by their elements' names, the first of each; all that simulated offices look at. */
final class XmlTexts {

    private XmlTexts() {}

    static XMLInputFactory hardened() {
        XMLInputFactory factory = XMLInputFactory.newFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        return factory;
    }

    static Map<String, String> of(XMLStreamReader reader) throws XMLStreamException {
        Map<String, String> texts = new HashMap<>();
        StringBuilder text = new StringBuilder();
        while (reader.hasNext()) {
            switch (reader.next()) {
                case XMLStreamReader.START_ELEMENT -> text.setLength(0);
                case XMLStreamReader.CHARACTERS, XMLStreamReader.CDATA -> text.append(text(reader));
                case XMLStreamReader.END_ELEMENT -> {
                    texts.putIfAbsent(reader.getLocalName(), text.toString());
                    text.setLength(0);
                }
                default -> {}
            }
        }
        return texts;
    }

    /** Some readers look at a text only when it is asked for, and find then that it has no end. */
    private static String text(XMLStreamReader reader) throws XMLStreamException {
        try {
            return reader.getText();
        } catch (RuntimeException cutOff) {
            throw new XMLStreamException(cutOff);
        }
    }
}
