package org.shuniu.document;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** The attachments that a document names, where its schema lets it: one for each of its materials. */
public final class NamedAttachments {

    /**
     * @param pointer where it is named
     * @param digest the address of its content
     * @param size as the document says it
     */
    public record Named(String pointer, String digest, long size) {}

    private NamedAttachments() {}

    /** In the order of the document. */
    public static List<Named> of(JsonNode document) {
        List<Named> named = new ArrayList<>();
        JsonNode materials = document.path("materials");
        for (int i = 0; i < materials.size(); i++) {
            JsonNode attachment = materials.path(i).path("attachment");
            if (attachment.path("digest").isString()) {
                named.add(new Named(
                        "/materials/%d/attachment".formatted(i),
                        attachment.path("digest").stringValue(),
                        attachment.path("size").asLong(-1)));
            }
        }
        return named;
    }
}
