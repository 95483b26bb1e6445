package org.shuniu.simulator;

import java.io.ByteArrayInputStream;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** SOAP 1.2, document/literal: the element in the body says which kind of call it is. */
final class ContractSoap implements ContractWire {

    private static final String PATH = "/services/cases";
    private static final String ENVELOPE = "http://www.w3.org/2003/05/soap-envelope";

    private final String namespace;

    ContractSoap(String partner) {
        this.namespace = "urn:%s:cases".formatted(partner);
    }

    @Override
    public Optional<HttpReply> doorkeeper(HttpCall call) {
        boolean here = call.isPost() && call.path().equals(PATH);
        return here ? Optional.empty() : Optional.of(HttpReply.text(404, "text/plain", "no such service"));
    }

    @Override
    public Optional<Request> read(HttpCall call) {
        try {
            Map<String, String> texts =
                    XmlTexts.of(XmlTexts.hardened().createXMLStreamReader(new ByteArrayInputStream(call.body())));
            return List.of("application", "supplement", "withdrawal", QUERY).stream()
                    .filter(document -> texts.containsKey(document + "Request"))
                    .findFirst()
                    .map(document -> new Request(document, name -> texts.getOrDefault(name, "")));
        } catch (XMLStreamException malformed) {
            return Optional.empty();
        }
    }

    @Override
    public String contentType() {
        return "application/soap+xml; charset=UTF-8";
    }

    @Override
    public String write(ObjectNode answer) {
        StringWriter text = new StringWriter();
        try {
            XMLStreamWriter xml = XMLOutputFactory.newFactory().createXMLStreamWriter(text);
            xml.writeStartElement("env", "Envelope", ENVELOPE);
            xml.writeNamespace("env", ENVELOPE);
            xml.writeNamespace("c", namespace);
            xml.writeStartElement("env", "Body", ENVELOPE);
            xml.writeStartElement("c", "response", namespace);
            for (Map.Entry<String, JsonNode> field : answer.properties()) {
                xml.writeStartElement(field.getKey());
                xml.writeCharacters(field.getValue().asString(""));
                xml.writeEndElement();
            }
            xml.writeEndElement();
            xml.writeEndElement();
            xml.writeEndElement();
            xml.close();
        } catch (XMLStreamException never) {
            throw new IllegalStateException(never);
        }
        return text.toString();
    }
}
