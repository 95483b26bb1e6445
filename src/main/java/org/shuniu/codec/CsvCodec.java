package org.shuniu.codec;

import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * One row of CSV with the line that names its columns before it: columns are found by name, in any order, and whoever
 * reads a row needs nothing of its file.
 *
 * @param columns key of the tree by the column's name, in the order in which they are written
 */
record CsvCodec(Charset charset, List<Column> columns) implements Codec {

    /** A column as it is called in the file and in the tree. */
    record Column(String name, String key) {}

    private static final String LINE_END = "\r\n";

    CsvCodec {
        columns = List.copyOf(columns);
    }

    @Override
    public String mediaType() {
        return "text/csv; charset=" + charset.name();
    }

    @Override
    public boolean isRow() {
        return true;
    }

    @Override
    public byte[] encode(ObjectNode tree) {
        Set<String> keys = columns.stream().map(Column::key).collect(Collectors.toSet());
        for (String key : tree.propertyNames()) {
            if (!keys.contains(key)) {
                throw new Garbled("'%s' is no column; expected one of %s".formatted(key, keys));
            }
        }
        String header = columns.stream().map(Column::name).map(CsvCodec::quoted).collect(Collectors.joining(","));
        String row = columns.stream()
                .map(column -> quoted(column, tree.path(column.key())))
                .collect(Collectors.joining(","));
        String text = header + LINE_END + row + LINE_END;
        Text.requireEncodable(text, charset);
        return text.getBytes(charset);
    }

    private static String quoted(Column column, JsonNode value) {
        if (value.isContainer()) {
            throw new Garbled("column %s: expected one value".formatted(column.key()));
        }
        String text = value.asString("");
        if (text.chars().anyMatch(Character::isISOControl)) {
            throw new Garbled("column %s: a line break or another control character".formatted(column.key()));
        }
        return quoted(text);
    }

    private static String quoted(String text) {
        return "\"" + text.replace("\"", "\"\"") + "\"";
    }

    @Override
    public JsonNode decode(byte[] bytes) {
        String[] lines = Text.decode(bytes, charset).split("\\r?\\n");
        if (lines.length != 2) {
            throw new Garbled("%d lines; expected the columns' names and one row".formatted(lines.length));
        }
        List<String> names = CsvLine.fields(lines[0]);
        List<String> values = CsvLine.fields(lines[1]);
        if (names.size() != values.size()) {
            throw new Garbled("a row of %d values; expected %d".formatted(values.size(), names.size()));
        }
        return tree(names.stream().map(String::strip).toList(), values);
    }

    private JsonNode tree(List<String> names, List<String> values) {
        Map<String, String> keys = columns.stream().collect(Collectors.toMap(Column::name, Column::key));
        ObjectNode tree = JsonNodeFactory.instance.objectNode();
        Set<String> found = new HashSet<>();
        List<String> doubled = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            String key = keys.get(names.get(i));
            if (key != null && !found.add(key)) {
                doubled.add(key);
            } else if (key != null && !values.get(i).isEmpty()) {
                tree.put(key, values.get(i));
            }
        }
        if (found.isEmpty() || !doubled.isEmpty()) {
            throw new Garbled("the first line names no column that is known, or one of them twice");
        }
        return tree;
    }
}
