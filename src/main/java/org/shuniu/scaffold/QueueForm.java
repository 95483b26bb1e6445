package org.shuniu.scaffold;

import java.util.List;
import java.util.Map;

/** Queues on the department's own broker, in XML. */
final class QueueForm implements PartnerForm {

    @Override
    public String folder() {
        return "amqp";
    }

    @Override
    public String shared() {
        return folder();
    }

    @Override
    public List<String> routes() {
        return List.of("forward-application", "retry-delivery", "receive-result", "poll-result");
    }

    @Override
    public List<String> mappings() {
        return List.of("result.in.yaml");
    }

    @Override
    public String codec(String document) {
        return "codec: {kind: xml, root: %sRequest}".formatted(document);
    }

    @Override
    public Map<String, String> words() {
        return Map.of();
    }

    @Override
    public boolean gives(String example) {
        return true;
    }

    @Override
    public Map.Entry<String, String> example(String name, String text) {
        return Map.entry(name, text);
    }
}
