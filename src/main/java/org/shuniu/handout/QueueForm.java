package org.shuniu.handout;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.shuniu.partner.Partner;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** XML in queues of the office's own broker. */
record QueueForm(Office office) implements WireForm {

    @Override
    public Map<String, String> schemas() {
        return Map.of("requests.xsd", requests(), "replies.xsd", replies());
    }

    private String requests() {
        return XmlSchemas.of("", xml -> office.messages().forEach(message -> XmlSchemas.declare(xml, message)));
    }

    private String replies() {
        return XmlSchemas.of("", xml -> XmlSchemas.declare(xml, office.answers(), office.occasions()));
    }

    @Override
    public Optional<String> misfit(Sample sample) {
        return XmlFit.misfit(sample.isSent() ? requests() : replies(), sample.body());
    }

    @Override
    public String ending() {
        return "xml";
    }

    /** Examples have the properties of a message beside its content. */
    @Override
    public byte[] received(String text) {
        JsonNode message = JsonMapper.shared().readTree(text);
        return message.has("text")
                ? message.path("text").asString("").getBytes(StandardCharsets.UTF_8)
                : Base64.getDecoder().decode(message.path("base64").asString(""));
    }

    @Override
    public String sentBy(String document) {
        return "%s, subject %s, correlation-id = %s"
                .formatted(
                        queues().requests(),
                        office.partner().operations().getOrDefault(document, ""),
                        office.messageIdField(document));
    }

    @Override
    public String receivedBy(Occasion occasion) {
        return queues().replies() + ", correlation-id as in the request";
    }

    private Partner.Queues queues() {
        return office.partner().queues().orElseThrow();
    }
}
