package org.shuniu.handout;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * A row as the statement that puts it into its table.
 *
 * @param values texts by their columns; the database gives each the type of its column
 */
record InsertedRow(String table, Map<String, String> values) {

    private static final Pattern STATEMENT = Pattern.compile("insert into \"([^\"]+)\" \\(([^)]*)\\)\nvalues \\(");
    private static final Pattern NAME = Pattern.compile("\"([^\"]+)\"");
    private static final Pattern VALUE = Pattern.compile("\\G(?:, )?'((?:[^']|'')*)'");

    /** What has no value is left out: a column without one may have one by itself. */
    static InsertedRow of(String table, JsonNode row) {
        Map<String, String> values = new LinkedHashMap<>();
        row.properties().stream()
                .filter(column -> !column.getValue().isNull())
                .forEach(column -> values.put(column.getKey(), column.getValue().asString("")));
        return new InsertedRow(table, values);
    }

    String statement() {
        return "insert into \"%s\" (%s)\nvalues (%s);\n"
                .formatted(
                        table,
                        values.keySet().stream().map("\"%s\""::formatted).collect(Collectors.joining(", ")),
                        values.values().stream()
                                .map(value -> "'%s'".formatted(value.replace("'", "''")))
                                .collect(Collectors.joining(", ")));
    }

    /** @param statements one behind the other, as they are written here */
    static List<InsertedRow> read(String statements) {
        List<InsertedRow> rows = new ArrayList<>();
        Matcher statement = STATEMENT.matcher(statements);
        int from = 0;
        while (statement.find(from)) {
            Map<String, String> values = new LinkedHashMap<>();
            Matcher value = VALUE.matcher(statements).region(statement.end(), statements.length());
            Matcher name = NAME.matcher(statement.group(2));
            from = statement.end();
            while (name.find() && value.find()) {
                values.put(name.group(1), value.group(1).replace("''", "'"));
                from = value.end();
            }
            rows.add(new InsertedRow(statement.group(1), values));
        }
        return rows;
    }
}
