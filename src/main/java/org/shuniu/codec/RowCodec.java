package org.shuniu.codec;

import java.util.Map;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Rows of tables: {@code {table: [{column: value}]}}; one row may stand without its list. */
final class RowCodec implements Codec {

    private static final Pattern NAME = Pattern.compile("[a-z_][a-z0-9_]{0,62}");

    private final JsonCodec json = new JsonCodec();

    @Override
    public String mediaType() {
        return json.mediaType();
    }

    @Override
    public byte[] encode(ObjectNode tree) {
        ObjectNode tables = JsonNodeFactory.instance.objectNode();
        for (Map.Entry<String, JsonNode> table : tree.properties()) {
            ArrayNode rows = tables.putArray(name(table.getKey()));
            if (table.getValue() instanceof ArrayNode several) {
                several.forEach(row -> rows.add(flat(table.getKey(), row)));
            } else {
                rows.add(flat(table.getKey(), table.getValue()));
            }
        }
        return json.encode(tables);
    }

    @Override
    public JsonNode decode(byte[] bytes) {
        return json.decode(bytes);
    }

    private static JsonNode flat(String table, JsonNode row) {
        if (!row.isObject()) {
            throw new Garbled("table %s: expected a row of columns".formatted(table));
        }
        for (Map.Entry<String, JsonNode> column : row.properties()) {
            name(column.getKey());
            if (column.getValue().isContainer()) {
                throw new Garbled("table %s, column %s: expected one value".formatted(table, column.getKey()));
            }
        }
        return row;
    }

    private static String name(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new Garbled("'%s' is no name of a table or column".formatted(name));
        }
        return name;
    }
}
