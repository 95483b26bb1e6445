package org.shuniu.codec;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** SOAP 1.1 rpc/encoded with one operation and one argument, whose text is another XML document in base64. */
final class SoapCodec implements Codec {

    private static final String ENVELOPE = "http://schemas.xmlsoap.org/soap/envelope/";
    private static final String ENCODING = "http://schemas.xmlsoap.org/soap/encoding/";
    private static final String INSTANCE = "http://www.w3.org/2001/XMLSchema-instance";
    private static final String SCHEMA = "http://www.w3.org/2001/XMLSchema";
    private static final Pattern SPACE = Pattern.compile("\\s+");

    private final XmlCodec inner;
    private final String operation;
    private final String namespace;
    private final String argument;

    SoapCodec(XmlCodec inner, String operation, String namespace, String argument) {
        this.inner = inner;
        this.operation = operation;
        this.namespace = namespace;
        this.argument = argument;
    }

    @Override
    public String mediaType() {
        return "text/xml; charset=UTF-8";
    }

    @Override
    public Codec content() {
        return inner;
    }

    @Override
    public byte[] encode(ObjectNode tree) {
        String base64 = Base64.getEncoder().encodeToString(inner.encode(tree));
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ObjectNode call = body.putObject("soap:Body").putObject("call:" + operation);
        call.put("@soap:encodingStyle", ENCODING);
        call.putObject(argument).put("@xsi:type", "xsd:string").put("#text", base64);
        return new XmlWriter(
                        StandardCharsets.UTF_8,
                        Map.of("soap", ENVELOPE, "call", namespace, "xsi", INSTANCE, "xsd", SCHEMA))
                .write("soap:Envelope", body);
    }

    @Override
    public JsonNode decode(byte[] bytes) {
        JsonNode body = new XmlReader(Map.of("soap", ENVELOPE))
                .read("soap:Envelope", Text.decode(bytes, StandardCharsets.UTF_8))
                .path("soap:Body");
        if (body.has("soap:Fault")) {
            throw new Garbled("a SOAP fault; expected %s".formatted(operation));
        }
        JsonNode value = body.path(operation).path(argument);
        String base64 =
                SPACE.matcher(value.path("#text").asString(value.asString(""))).replaceAll("");
        if (base64.isEmpty()) {
            throw new Garbled("an empty %s; expected base64".formatted(argument));
        }
        try {
            return inner.decode(Base64.getDecoder().decode(base64));
        } catch (IllegalArgumentException broken) {
            throw new Garbled("the text of %s is not base64".formatted(argument));
        }
    }
}
