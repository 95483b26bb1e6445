package org.shuniu.mapping;

import java.util.List;
import java.util.Set;
import org.shuniu.codec.Codec;
import org.shuniu.codec.Garbled;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A document towards a partner.
 *
 * @param plainSources the paths that every such document carries as they are
 */
record OutgoingMapping(String id, Codec codec, List<MappingRow> rows, Set<String> plainSources) {

    Rendered render(JsonNode source) {
        try {
            return new Rendered(codec.encode(tree(source)), codec.mediaType());
        } catch (Garbled unwritable) {
            throw new MappingFailed(id, unwritable.getMessage());
        }
    }

    ObjectNode tree(JsonNode source) {
        Source from = new Source(source);
        ObjectNode target = Source.MAPPER.createObjectNode();
        rows.forEach(row -> row.write(from, target));
        return target;
    }
}
