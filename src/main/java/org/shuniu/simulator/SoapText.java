package org.shuniu.simulator;

import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** The bureau's SOAP 1.1 rpc/encoded envelope around base64, written and read by hand as its old stack does. */
final class SoapText {

    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private SoapText() {}

    /** The inner document: base64 with line breaks, a byte order mark, and a declaration that is not true. */
    static Answer answer(String inner) {
        String xml = BYTE_ORDER_MARK + "<?xml version=\"1.0\" encoding=\"GBK\"?>" + inner;
        return envelope(Base64.getMimeEncoder().encodeToString(xml.getBytes(StandardCharsets.UTF_8)));
    }

    static Answer envelope(String content) {
        return Answer.text(200, "text/xml; charset=UTF-8", """
                <?xml version="1.0" encoding="UTF-8"?>
                <soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" \
                xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
                <soapenv:Body><ns1:callServiceResponse \
                soapenv:encodingStyle="http://schemas.xmlsoap.org/soap/encoding/" \
                xmlns:ns1="http://service.ybj.sh.local/"><serviceReturn xsi:type="xsd:string">%s</serviceReturn>\
                </ns1:callServiceResponse></soapenv:Body></soapenv:Envelope>
                """.formatted(content));
    }

    /** The inner document of a request, or null when there is none. */
    static Document request(String soap) {
        Document envelope = parse(soap);
        String base64 = envelope == null ? "" : text(envelope, "requestXml").replaceAll("\\s", "");
        try {
            return base64.isEmpty()
                    ? null
                    : parse(new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException notBase64) {
            return null;
        }
    }

    private static Document parse(String xml) {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultInstance();
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            factory.setNamespaceAware(true);
            return factory.newDocumentBuilder().parse(new InputSource(new StringReader(xml)));
        } catch (SAXException | java.io.IOException broken) {
            return null;
        } catch (ParserConfigurationException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    static String text(Document document, String element) {
        NodeList found = document.getElementsByTagNameNS("*", element);
        return found.getLength() == 0 ? "" : found.item(0).getTextContent();
    }

    static String element(String name, String value) {
        String text = value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
        return "<%1$s>%2$s</%1$s>".formatted(name, text);
    }
}
