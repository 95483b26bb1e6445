package org.shuniu.handout;

import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Columns of a CSV file as CSV on the Web describes them. */
final class CsvMetadata {

    /** Which rows must have a value where not all must: such as {@code kind=A|C}. */
    private static final String REQUIRED_WHERE = "urn:shuniu:required-where";

    private CsvMetadata() {}

    /** @param file an example of a file with these columns */
    static String of(String file, String charset, List<Column> columns) {
        ObjectNode root = JsonNodeFactory.instance.objectNode().put("@context", "http://www.w3.org/ns/csvw");
        root.put("url", file);
        root.putObject("dialect")
                .put("encoding", charset)
                .put("header", true)
                .put("quoteChar", "\"")
                .put("doubleQuote", true)
                .putArray("lineTerminators")
                .add("\r\n");
        ObjectNode schema = root.putObject("tableSchema");
        columns.forEach(column -> column(schema, column));
        return JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
    }

    private static void column(ObjectNode schema, Column column) {
        ObjectNode described = schema.withArrayProperty("columns")
                .addObject()
                .put("name", column.name())
                .put("titles", column.title())
                .put("required", column.always());
        if (!column.always() && !column.requiredFor().isEmpty()) {
            described.put(REQUIRED_WHERE, column.required());
        }
        ObjectNode type = described.putObject("datatype").put("base", "string");
        if (column.most() > 0) {
            type.put("maxLength", column.most());
        }
        column.regex().ifPresent(regex -> type.put("format", regex));
        column.date().ifPresent(pattern -> described.put("dc:description", pattern));
        if (!column.codes().isEmpty()) {
            described.put(
                    "dc:description",
                    String.join(
                            "; ",
                            column.codes().entrySet().stream()
                                    .map(code -> "%s %s"
                                            .formatted(code.getKey(), code.getValue())
                                            .strip())
                                    .toList()));
        }
    }
}
