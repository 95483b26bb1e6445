package org.shuniu.simulator;

import java.io.ByteArrayInputStream;
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
    private static final XMLInputFactory XML = XmlTexts.hardened();

    static ArchiveRequest read(byte[] bytes) throws XMLStreamException {
        XMLStreamReader reader = XML.createXMLStreamReader(new ByteArrayInputStream(bytes));
        try {
            reader.nextTag();
            ArchiveRequest request = new ArchiveRequest(reader.getLocalName(), XmlTexts.of(reader));
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
        return text("requestId");
    }

    String caseNo() {
        return text("caseNo");
    }

    boolean isRefused() {
        return text("remark").contains("REFUSE");
    }

    private String text(String element) {
        return values.getOrDefault(element, "").strip();
    }
}
