package org.shuniu.mapping;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.shuniu.codec.Codec;
import org.shuniu.codec.Garbled;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A document towards a partner.
 *
 * @param tables the code tables that it uses
 * @param plainSources the paths that every such document carries as they are
 * @param formFields the fields of an item that it reads
 * @param reads the places of its source that it names
 */
record OutgoingMapping(
        String id,
        Codec codec,
        List<MappingRow> rows,
        Set<String> plainSources,
        Set<String> formFields,
        Set<String> tables,
        Set<TreePath> reads) {

    /** The same by other code tables of the same names. */
    OutgoingMapping by(Map<String, LocalCodes> others) {
        List<MappingRow> translated = rows.stream().map(row -> row.by(others)).toList();
        return new OutgoingMapping(id, codec, translated, plainSources, formFields, tables, reads);
    }

    Rendered render(JsonNode source, Days days) {
        return new Rendered(write(source, days).body(), codec.mediaType());
    }

    Written write(JsonNode source, Days days) {
        try {
            ObjectNode fields = tree(source, days);
            return new Written(fields, codec.encode(fields));
        } catch (Garbled unwritable) {
            throw new MappingFailed(id, unwritable.getMessage());
        }
    }

    ObjectNode tree(JsonNode source, Days days) {
        return tree(new Source(source, days));
    }

    /** What it writes, as examples' targets have it: without what stands around it on its way. */
    String text(ObjectNode tree) {
        Codec content = codec.content();
        return new String(content.encode(tree), content.isRow() ? content.charset() : StandardCharsets.UTF_8);
    }

    ObjectNode tree(Source from) {
        ObjectNode target = Source.MAPPER.createObjectNode();
        rows.forEach(row -> row.write(from, target));
        return target;
    }
}
