package org.shuniu.handout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.SchemaFactory;
import javax.xml.validation.Validator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.shuniu.contract.Contract.Results;
import org.shuniu.contract.ContractField;
import org.shuniu.contract.ContractProtocol;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** What offices that speak XML get as schemas, held by a validator against what is sent and what may be answered. */
class XmlHandoutTest {

    private static final String ENVELOPE = "http://www.w3.org/2003/05/soap-envelope";
    private static final String MESSAGES = "schema/messages.xsd";
    private static final String REQUESTS = "schema/requests.xsd";
    private static final String REPLIES = "schema/replies.xsd";

    @ParameterizedTest
    @EnumSource(names = "POLL", mode = EnumSource.Mode.EXCLUDE)
    void takesWhatIsSentAndAnsweredBySoap(Results results) throws Exception {
        Made made = Made.of(ContractProtocol.SOAP, results);
        assertThat(made.faults()).isEmpty();
        Validator validator = validator(made, MESSAGES);

        Map<String, byte[]> samples = made.samples(name -> true);
        assertThat(samples).hasSizeGreaterThan(8);
        for (byte[] sample : samples.values()) {
            validator.validate(new DOMSource(body(sample)));
        }
    }

    @Test
    void takesWhatIsInQueues() throws Exception {
        Made made = Made.of(ContractProtocol.AMQP);
        assertThat(made.faults()).isEmpty();

        Map<String, byte[]> sent = made.samples(name -> name.contains("/sent/"));
        Map<String, byte[]> answers = made.samples(name -> name.contains("/answers/"));
        assertThat(sent).hasSize(4);
        assertThat(answers).hasSize(4);
        for (byte[] sample : sent.values()) {
            validator(made, REQUESTS).validate(new DOMSource(root(sample)));
        }
        for (byte[] sample : answers.values()) {
            validator(made, REPLIES).validate(new DOMSource(root(sample)));
        }
    }

    @Test
    void refusesWhatIsNeverSent() throws Exception {
        Made made = Made.of(ContractProtocol.AMQP);
        byte[] application = made.files().get("samples/sent/application.online.xml");

        for (ContractField field : made.contract().of("application")) {
            if (field.required()) {
                refused(made, REQUESTS, without(application, field.name()));
            }
            if (!field.isPapers()) {
                refused(made, REQUESTS, with(application, field.name(), "9".repeat(field.most() + 1)));
            }
        }
        refused(made, REQUESTS, with(application, "certType", "07"));
        refused(made, REQUESTS, with(application, "sentTime", "2026-11-24T10:15:00"));
    }

    @Test
    void refusesRepliesThatNobodyCouldRead() throws Exception {
        Made made = Made.of(ContractProtocol.AMQP);
        byte[] reply = made.files().get("samples/answers/by-itself.done.xml");

        refused(made, REPLIES, without(reply, "caseNo"));
        refused(made, REPLIES, without(reply, "state"));
        refused(made, REPLIES, with(reply, "state", "FINISHED"));
        refused(made, REPLIES, with(reply, "stateTime", "24.11.2026"));
        refused(made, REPLIES, with(reply, "officeNo", "9".repeat(51)));
    }

    @Test
    void describesEachOperationOnce() throws Exception {
        Made made = Made.of(ContractProtocol.SOAP, Results.CALLBACK);
        Element wsdl = root(made.files().get("schema/office.wsdl"));
        Element schema = root(made.files().get(MESSAGES));

        assertThat(attributes(schema.getChildNodes(), "name"))
                .containsExactly(
                        "applicationRequest", "supplementRequest", "withdrawalRequest", "queryRequest", "response");
        assertThat(attributes(wsdl.getElementsByTagNameNS("*", "part"), "element"))
                .containsExactly(
                        "c:applicationRequest",
                        "c:supplementRequest",
                        "c:withdrawalRequest",
                        "c:queryRequest",
                        "c:response");
        assertThat(attributes(wsdl.getElementsByTagNameNS("*", "operation"), "soapAction"))
                .containsExactlyInAnyOrder(
                        "urn:forestry:application",
                        "urn:forestry:supplement",
                        "urn:forestry:withdrawal",
                        "urn:forestry:query");
        assertThat(attributes(wsdl.getElementsByTagNameNS("*", "address"), "location"))
                .containsExactly("https://office.invalid", "https://hub.invalid/callback/v1/forestry");
        assertThat(attributes(wsdl.getElementsByTagNameNS("*", "import"), "schemaLocation"))
                .containsExactly("messages.xsd");
    }

    private static List<String> attributes(NodeList nodes, String name) {
        return IntStream.range(0, nodes.getLength())
                .mapToObj(nodes::item)
                .filter(Element.class::isInstance)
                .map(node -> ((Element) node).getAttribute(name))
                .filter(value -> !value.isEmpty())
                .toList();
    }

    private static void refused(Made made, String schema, Element element) throws SAXException {
        Validator validator = validator(made, schema);
        assertThatThrownBy(() -> validator.validate(new DOMSource(element))).isInstanceOf(SAXException.class);
    }

    private static Element with(byte[] xml, String field, String value) throws Exception {
        Element root = root(xml);
        root.getElementsByTagName(field).item(0).setTextContent(value);
        return root;
    }

    private static Element without(byte[] xml, String field) throws Exception {
        Element root = root(xml);
        root.removeChild(root.getElementsByTagName(field).item(0));
        return root;
    }

    private static Element body(byte[] envelope) throws Exception {
        NodeList inside =
                root(envelope).getElementsByTagNameNS(ENVELOPE, "Body").item(0).getChildNodes();
        for (int i = 0; i < inside.getLength(); i++) {
            if (inside.item(i) instanceof Element element) {
                Document alone = documents().newDocumentBuilder().newDocument();
                alone.appendChild(alone.importNode(element, true));
                return alone.getDocumentElement();
            }
        }
        throw new AssertionError("an empty body");
    }

    private static Element root(byte[] xml) throws Exception {
        return documents()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(xml))
                .getDocumentElement();
    }

    private static DocumentBuilderFactory documents() throws ParserConfigurationException {
        DocumentBuilderFactory documents = DocumentBuilderFactory.newDefaultNSInstance();
        documents.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        return documents;
    }

    private static Validator validator(Made made, String schema) throws SAXException {
        return SchemaFactory.newDefaultInstance()
                .newSchema(new StreamSource(
                        new ByteArrayInputStream(made.text(schema).getBytes(StandardCharsets.UTF_8))))
                .newValidator();
    }
}
