package org.shuniu.conformance;

import java.util.List;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A document about a made-up case.
 *
 * @param document its kind, such as {@code application}
 * @param envelope all that is known of it, as mappings read it
 */
record Message(String document, UUID id, String caseNo, String item, ObjectNode envelope) {

    boolean isApplication() {
        return document.equals(Openings.APPLICATION);
    }

    /** The same with another value at a place. */
    Message with(String source, String value) {
        ObjectNode changed = envelope.deepCopy();
        List<String> steps = List.of(source.split("\\."));
        ObjectNode at = changed;
        for (String step : steps.subList(0, steps.size() - 1)) {
            at = at.path(step) instanceof ObjectNode inner ? inner : at.putObject(step);
        }
        at.put(steps.get(steps.size() - 1), value);
        return new Message(document, id, caseNo, item, changed);
    }

    /** The same without what stands at a place. */
    Message without(String source) {
        ObjectNode changed = envelope.deepCopy();
        List<String> steps = List.of(source.split("\\."));
        JsonNode at = changed;
        for (String step : steps.subList(0, steps.size() - 1)) {
            at = at.path(step);
        }
        if (at instanceof ObjectNode object) {
            object.remove(steps.get(steps.size() - 1));
        }
        return new Message(document, id, caseNo, item, changed);
    }

    boolean has(String source) {
        JsonNode at = envelope;
        for (String step : source.split("\\.")) {
            at = at.path(step);
        }
        return !at.isMissingNode() && !at.isNull();
    }
}
