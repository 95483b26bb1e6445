package org.shuniu.codec;

import java.io.ByteArrayInputStream;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** Reads XML in the encoding that it declares: without document types and entities, and nothing from elsewhere. */
public final class PlainXml {

    private PlainXml() {}

    public static XMLStreamReader reader(byte[] document) throws XMLStreamException {
        return XmlReader.hardened().createXMLStreamReader(new ByteArrayInputStream(document));
    }
}
