package org.shuniu.mapping;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes a list: its rows once for each element, which they see as {@code item}.
 *
 * @param effort of which each element spends, or null where it spends of that of its message
 */
record EachRow(
        String mapping,
        String at,
        TreePath target,
        TreePath list,
        @Nullable Expression when,
        List<MappingRow> rows,
        @Nullable Effort effort)
        implements MappingRow {

    private boolean applies(Source inner) {
        try {
            return when == null || when.holds(inner);
        } catch (IllegalArgumentException failed) {
            if (inner.isExplained()) {
                inner.tell(
                        this, "each " + list, "", List.of(), ExplainedRow.End.FAILED, "when: " + failed.getMessage());
                return false;
            }
            throw failed;
        }
    }

    private void spend(Source source) {
        if (effort != null) {
            effort.rows(rows.size());
            return;
        }
        try {
            source.effort().rows(rows.size());
        } catch (Effort.Spent over) {
            throw new MappingFailed(mapping, target.toString(), over.ofMessage());
        }
    }

    @Override
    public Stream<String> names() {
        return Stream.concat(target.steps().stream(), rows.stream().flatMap(MappingRow::names));
    }

    @Override
    public MappingRow by(Map<String, LocalCodes> tables) {
        List<MappingRow> others = rows.stream().map(row -> row.by(tables)).toList();
        return new EachRow(mapping, at, target, list, when, others, effort);
    }

    @Override
    public void write(Source source, ObjectNode tree) {
        JsonNode found = list.find(source.tree());
        if (source.isExplained()) {
            String count = found.isMissingNode() ? "" : "%d element(s)".formatted(found.isArray() ? found.size() : 1);
            ExplainedRow.End end = found.isMissingNode() ? ExplainedRow.End.EMPTY : ExplainedRow.End.WRITTEN;
            source.tell(this, "each " + list, count, List.of(), end, "");
        }
        if (found.isMissingNode()) {
            return;
        }
        ArrayNode written = JsonNodeFactory.instance.arrayNode();
        int index = 0;
        // One element stands for a list of one: XML does not tell them apart.
        for (JsonNode item : found.isArray() ? found : List.of(found)) {
            spend(source);
            Source inner = source.at(target, item, ++index);
            if (applies(inner)) {
                ObjectNode element = written.addObject();
                rows.forEach(row -> row.write(inner, element));
            }
        }
        if (!written.isEmpty()) {
            target.put(tree, written);
        }
    }
}
