package org.shuniu.handout;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.util.Optional;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.SchemaFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** Holds XML against a schema. */
final class XmlFit {

    private static final String ENVELOPE = "http://www.w3.org/2003/05/soap-envelope";

    private XmlFit() {}

    static Optional<String> misfit(String schema, byte[] xml) {
        return fit(schema, xml, false);
    }

    /** The same of what stands in the body of a SOAP envelope. */
    static Optional<String> misfitOfBody(String schema, byte[] envelope) {
        return fit(schema, envelope, true);
    }

    private static Optional<String> fit(String schema, byte[] xml, boolean enveloped) {
        try {
            Document document = documents().parse(new ByteArrayInputStream(xml));
            SchemaFactory.newDefaultInstance()
                    .newSchema(new StreamSource(new StringReader(schema)))
                    .newValidator()
                    .validate(new DOMSource(enveloped ? content(document) : document));
            return Optional.empty();
        } catch (SAXException misfit) {
            return Optional.of(String.valueOf(misfit.getMessage()));
        } catch (IOException | ParserConfigurationException never) {
            throw new IllegalStateException(never);
        }
    }

    /** As a document of its own, since a validator begins at the root. */
    private static Document content(Document envelope) throws ParserConfigurationException, SAXException {
        NodeList bodies = envelope.getElementsByTagNameNS(ENVELOPE, "Body");
        NodeList inside = bodies.getLength() == 1 ? bodies.item(0).getChildNodes() : bodies;
        for (int i = 0; i < inside.getLength(); i++) {
            if (inside.item(i) instanceof Element element) {
                Document alone = documents().newDocument();
                alone.appendChild(alone.importNode(element, true));
                return alone;
            }
        }
        throw new SAXException("no envelope with a body");
    }

    private static DocumentBuilder documents() throws ParserConfigurationException {
        DocumentBuilderFactory documents = DocumentBuilderFactory.newDefaultNSInstance();
        documents.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        return documents.newDocumentBuilder();
    }
}
