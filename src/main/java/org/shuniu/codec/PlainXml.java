package org.shuniu.codec;

import java.io.StringReader;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** Reads XML: without document types and entities, and nothing from elsewhere. */
public final class PlainXml {

    private static final XMLInputFactory FACTORY = XmlReader.hardened();

    private PlainXml() {}

    /** @param document as text, whatever it says of its encoding: of bytes that are none the parser itself would write to standard error */
    public static XMLStreamReader reader(String document) throws XMLStreamException {
        return FACTORY.createXMLStreamReader(new StringReader(document));
    }
}
