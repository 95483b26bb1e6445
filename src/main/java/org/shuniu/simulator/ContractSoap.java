package org.shuniu.simulator;

import java.io.ByteArrayInputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.xml.stream.XMLStreamException;
import tools.jackson.databind.node.ObjectNode;

/** SOAP 1.2, document/literal: the element in the body says which kind of call it is. */
final class ContractSoap implements ContractWire {

    private static final String PATH = "/services/cases";

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
        Map<String, String> texts = new LinkedHashMap<>();
        answer.properties()
                .forEach(field -> texts.put(field.getKey(), field.getValue().asString("")));
        return ContractXml.envelope(namespace, "response", texts);
    }
}
