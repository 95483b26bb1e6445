package org.shuniu.handout;

import java.util.Map;
import java.util.Optional;

/** SOAP 1.2, document/literal. */
record SoapForm(Office office) implements WireForm {

    private static final String MESSAGES = "messages.xsd";

    @Override
    public Map<String, String> schemas() {
        return Map.of(MESSAGES, elements(), "office.wsdl", new Wsdl(office).text(MESSAGES));
    }

    private String elements() {
        return XmlSchemas.of(XmlName.of(office.answers().codec()).namespace(), xml -> {
            office.messages().forEach(message -> XmlSchemas.declare(xml, message));
            XmlSchemas.declare(xml, office.answers(), office.occasions());
        });
    }

    @Override
    public Optional<String> misfit(Sample sample) {
        return XmlFit.misfitOfBody(elements(), sample.body());
    }

    @Override
    public String ending() {
        return "xml";
    }

    @Override
    public String sentBy(String document) {
        return "SOAPAction " + office.partner().operations().getOrDefault(document, "");
    }

    @Override
    public String receivedBy(Occasion occasion) {
        return occasion == Occasion.BY_ITSELF
                ? "POST /callback/v1/" + office.contract().partner()
                : "HTTP 200, SOAPAction " + office.partner().operations().getOrDefault(occasion.word(), "");
    }
}
