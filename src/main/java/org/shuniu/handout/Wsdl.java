package org.shuniu.handout;

import java.util.List;
import org.shuniu.partner.Partner;

/** WSDL 1.1 of an office that speaks SOAP 1.2, document/literal: its own port, and the hub's where it calls that. */
final class Wsdl {

    private static final String NAME = "name";
    private static final String MESSAGE = "message";
    private static final String HTTP = "http://schemas.xmlsoap.org/soap/http";

    private final Office office;
    private final String namespace;

    Wsdl(Office office) {
        this.office = office;
        this.namespace = XmlName.of(office.answers().codec()).namespace();
    }

    /** @param schema the name of the file that declares the elements */
    String text(String schema) {
        return new XmlText()
                .element(
                        "wsdl:definitions",
                        xml -> definitions(xml, schema),
                        NAME,
                        "cases",
                        "targetNamespace",
                        namespace + ":wsdl",
                        "xmlns:wsdl",
                        "http://schemas.xmlsoap.org/wsdl/",
                        "xmlns:soap",
                        "http://schemas.xmlsoap.org/wsdl/soap12/",
                        "xmlns:xs",
                        "http://www.w3.org/2001/XMLSchema",
                        "xmlns:c",
                        namespace,
                        "xmlns:w",
                        namespace + ":wsdl")
                .toString();
    }

    private void definitions(XmlText xml, String schema) {
        xml.element(
                "wsdl:types",
                types -> types.element(
                        "xs:schema", in -> in.empty("xs:import", "namespace", namespace, "schemaLocation", schema)));
        office.messages().forEach(message -> message(xml, message.root(), message.root()));
        message(xml, "answer", XmlName.of(office.answers().codec()).local());
        List<String> operations =
                office.messages().stream().map(Outgoing::document).toList();
        xml.element(
                "wsdl:portType", in -> office.messages().forEach(message -> operation(in, message)), NAME, "Office");
        xml.element(
                "wsdl:binding",
                in -> {
                    in.empty("soap:binding", "style", "document", "transport", HTTP);
                    operations.forEach(operation -> bound(in, operation, action(operation), true));
                },
                NAME,
                "OfficeBinding",
                "type",
                "w:Office");
        service(xml, "Office", "https://office.invalid");
        if (office.calls()) {
            hub(xml);
        }
    }

    private String action(String operation) {
        Partner partner = office.partner();
        return partner.operations().getOrDefault(operation, "");
    }

    private static void message(XmlText xml, String name, String element) {
        xml.element("wsdl:message", in -> in.empty("wsdl:part", NAME, "body", "element", "c:" + element), NAME, name);
    }

    private static void operation(XmlText xml, Outgoing message) {
        xml.element(
                "wsdl:operation",
                in -> {
                    in.empty("wsdl:input", MESSAGE, "w:" + message.root());
                    in.empty("wsdl:output", MESSAGE, "w:answer");
                },
                NAME,
                message.document());
    }

    /** What the hub takes is answered by 202 and no envelope. */
    private void hub(XmlText xml) {
        xml.element(
                "wsdl:portType",
                in -> in.element("wsdl:operation", one -> one.empty("wsdl:input", MESSAGE, "w:answer"), NAME, "result"),
                NAME,
                "Hub");
        xml.element(
                "wsdl:binding",
                in -> {
                    in.empty("soap:binding", "style", "document", "transport", HTTP);
                    bound(in, "result", "", false);
                },
                NAME,
                "HubBinding",
                "type",
                "w:Hub");
        service(
                xml,
                "Hub",
                "https://hub.invalid/callback/v1/" + office.contract().partner());
    }

    private static void bound(XmlText xml, String operation, String action, boolean answered) {
        xml.element(
                "wsdl:operation",
                in -> {
                    in.empty("soap:operation", "soapAction", action, "style", "document");
                    in.element("wsdl:input", body -> body.empty("soap:body", "use", "literal"));
                    if (answered) {
                        in.element("wsdl:output", body -> body.empty("soap:body", "use", "literal"));
                    }
                },
                NAME,
                operation);
    }

    private static void service(XmlText xml, String name, String address) {
        xml.element(
                "wsdl:service",
                in -> in.element(
                        "wsdl:port",
                        port -> port.empty("soap:address", "location", address),
                        NAME,
                        name + "Port",
                        "binding",
                        "w:%sBinding".formatted(name)),
                NAME,
                name + "Service");
    }
}
