package org.shuniu.handout;

import tools.jackson.databind.JsonNode;

/**
 * The element that holds a message.
 *
 * @param namespace empty for none
 */
record XmlName(String namespace, String local) {

    /** As the block {@code codec} of a mapping has it. */
    static XmlName of(JsonNode codec) {
        String root = codec.path("root").asString("");
        int colon = root.indexOf(':');
        String prefix = colon < 0 ? "" : root.substring(0, colon);
        return new XmlName(codec.path("namespaces").path(prefix).asString(""), root.substring(colon + 1));
    }
}
