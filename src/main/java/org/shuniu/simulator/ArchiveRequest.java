package org.shuniu.simulator;

import java.io.ByteArrayInputStream;
import java.util.HashMap;
import java.util.Map;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** A request to the archives, its texts by their elements' names. */
record ArchiveRequest(String root, Map<String, String> values) {
    private static final Map<String, Effect> KINDS = Map.of(
            "archiveRequest", Effect.APPLICATION,
            "archiveSupplement", Effect.SUPPLEMENT,
            "archiveCancellation", Effect.WITHDRAWAL);
    private static final XMLInputFactory XML = hardened();

    static ArchiveRequest read(byte[] bytes) throws XMLStreamException {
        XMLStreamReader reader = XML.createXMLStreamReader(new ByteArrayInputStream(bytes));
        try {
            reader.nextTag();
            ArchiveRequest request = new ArchiveRequest(reader.getLocalName(), texts(reader));
            if (!KINDS.containsKey(request.root())
                    || request.requestId().isEmpty()
                    || request.caseNo().isEmpty()) {
                throw new XMLStreamException("no request to the archives");
            }
            return request;
        } finally {
            reader.close();
        }
    }

    Effect effect() {
        return KINDS.get(root);
    }

    String requestId() {
        return values.getOrDefault("requestId", "");
    }

    String caseNo() {
        return values.getOrDefault("caseNo", "");
    }

    boolean isRefused() {
        return values.getOrDefault("remark", "").contains("REFUSE");
    }

    private static Map<String, String> texts(XMLStreamReader reader) throws XMLStreamException {
        Map<String, String> texts = new HashMap<>();
        StringBuilder text = new StringBuilder();
        while (reader.hasNext()) {
            switch (reader.next()) {
                case XMLStreamReader.START_ELEMENT -> text.setLength(0);
                case XMLStreamReader.CHARACTERS, XMLStreamReader.CDATA -> text.append(reader.getText());
                case XMLStreamReader.END_ELEMENT -> {
                    texts.putIfAbsent(reader.getLocalName(), text.toString().strip());
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
