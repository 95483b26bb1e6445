package org.shuniu.simulator;

import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** A request to the healthcare security bureau, taken out of its envelope; what it calls GBK inside is UTF-8. */
record BureauMessage(Map<String, String> values) {
    private static final XMLInputFactory XML = XmlTexts.hardened();

    static BureauMessage read(byte[] envelope) throws XMLStreamException {
        String packed = texts(new String(envelope, StandardCharsets.UTF_8)).getOrDefault("requestXml", "");
        byte[] inner = decode(packed);
        return new BureauMessage(texts(new String(inner, StandardCharsets.UTF_8)));
    }

    String get(String name) {
        return values.getOrDefault(name, "").trim();
    }

    boolean isRefused() {
        return get("remark").contains("REFUSE");
    }

    private static byte[] decode(String packed) throws XMLStreamException {
        try {
            return Base64.getMimeDecoder().decode(packed);
        } catch (IllegalArgumentException e) {
            throw new XMLStreamException("requestXml is not base64", e);
        }
    }

    private static Map<String, String> texts(String xml) throws XMLStreamException {
        String unmarked = xml.startsWith("\uFEFF") ? xml.substring(1) : xml;
        XMLStreamReader reader = XML.createXMLStreamReader(new StringReader(unmarked.strip()));
        try {
            return XmlTexts.of(reader);
        } finally {
            reader.close();
        }
    }
}
