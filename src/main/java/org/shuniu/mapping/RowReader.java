package org.shuniu.mapping;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.shuniu.fault.Nearest;
import tools.jackson.databind.JsonNode;

/** Reads the rows of a mapping and checks each against the language of mappings/README.md. */
final class RowReader {

    /** All that a row may say; mappings/README.md explains each. */
    static final Set<String> KEYS = Set.of(
            "target",
            "source",
            "expression",
            "value",
            "function",
            "codes",
            "date",
            "type",
            "max",
            "default",
            "required",
            "when",
            "each",
            "rows",
            "note");

    private static final List<String> ORIGINS = List.of("source", "expression", "value", "each");

    private final String mapping;
    private final String file;
    private final List<Object> path;
    private final Map<String, LocalCodes> codes;
    private final RowPaths paths;
    private final Faults faults;
    private final Expressions expressions;

    /**
     * Prepares the reading.
     *
     * @param path to the list of rows in the file
     * @param expressions how those of the rows are read
     */
    RowReader(
            String mapping,
            String file,
            List<Object> path,
            Map<String, LocalCodes> codes,
            RowPaths paths,
            Faults faults,
            Expressions expressions) {
        this.expressions = expressions;
        this.mapping = mapping;
        this.file = file;
        this.path = path;
        this.codes = codes;
        this.paths = paths;
        this.faults = faults;
    }

    List<MappingRow> rows(JsonNode list) {
        if (!list.isArray() || list.isEmpty()) {
            faults.add(file, path, "rows", "no rows; expected a list of them");
        }
        List<MappingRow> rows = new ArrayList<>();
        Set<String> targets = new TreeSet<>();
        for (int i = 0; list.isArray() && i < list.size(); i++) {
            JsonNode row = list.get(i);
            String target = row.path("target").asString("");
            try {
                if (!targets.add(target) && !row.has("when")) {
                    throw new IllegalArgumentException("the target stands twice; expected once, or a when");
                }
                rows.add(row(row, at(i)));
            } catch (IllegalArgumentException wrong) {
                faults.add(file, at(i), "row %s (%s)".formatted(number(i), target), wrong.getMessage());
            }
        }
        return rows;
    }

    private List<Object> at(Object... more) {
        return Stream.concat(path.stream(), Stream.of(more)).toList();
    }

    /** As people count: 3.1 is the first row within the third. */
    private String number(int i) {
        return Stream.concat(path.stream().filter(Integer.class::isInstance), Stream.of(i))
                .map(step -> Integer.toString((Integer) step + 1))
                .collect(Collectors.joining("."));
    }

    private MappingRow row(JsonNode row, List<Object> at) {
        requireKeys(row);
        TreePath target = TreePath.of(row.path("target").asString(""));
        paths.wrongTarget(target).ifPresent(RowReader::refuse);
        Expression when = row.has("when") ? expressions.read(row.path("when").asString()) : null;
        return row.has("each") ? each(row, at, target, when) : value(row, at, target, when);
    }

    private static void requireKeys(JsonNode row) {
        for (String key : row.propertyNames()) {
            if (!KEYS.contains(key)) {
                refuse("unknown key '%s'; expected %s".formatted(key, Nearest.among(key, KEYS)));
            }
        }
        if (ORIGINS.stream().filter(row::has).count() != 1) {
            refuse("the row takes its value from %d places; expected exactly one of %s"
                    .formatted(ORIGINS.stream().filter(row::has).count(), ORIGINS));
        }
        if (row.has("each") != row.has("rows")) {
            refuse("each stands without rows or rows without each; expected both or neither");
        }
    }

    private MappingRow each(JsonNode row, List<Object> at, TreePath target, Expression when) {
        TreePath list = source(row.path("each"));
        RowReader inner = new RowReader(
                mapping,
                file,
                Stream.concat(at.stream(), Stream.of("rows")).toList(),
                codes,
                paths.inside(list),
                faults,
                expressions);
        return new EachRow(mapping, key(at), target, list, when, inner.rows(row.path("rows")), expressions.effort());
    }

    /** As faults name keys. */
    private static String key(List<Object> at) {
        StringBuilder key = new StringBuilder();
        at.forEach(step -> key.append(step instanceof Integer ? "[" + step + "]" : key.isEmpty() ? step : "." + step));
        return key.toString();
    }

    private MappingRow value(JsonNode row, List<Object> at, TreePath target, Expression when) {
        DatePattern[] dates = dates(row.path("date"));
        return new ValueRow(
                mapping,
                key(at),
                target,
                origin(row),
                when,
                functions(row.path("function")),
                codes(row.path("codes")),
                paths.outgoing(),
                dates[0],
                dates[1],
                type(row.path("type").asString("same")),
                max(row.path("max")),
                row.has("default") ? row.get("default") : null,
                flag(row.path("required")));
    }

    private ValueRow.Origin origin(JsonNode row) {
        if (row.has("value")) {
            JsonNode constant = row.get("value");
            return new ValueRow.Origin("value " + constant, source -> constant);
        }
        if (row.has("expression")) {
            Expression expression = expressions.read(row.path("expression").asString());
            return new ValueRow.Origin("expression " + expression, expression::evaluate);
        }
        TreePath path = source(row.path("source"));
        return new ValueRow.Origin("source " + path, source -> path.find(source.tree()));
    }

    private TreePath source(JsonNode text) {
        TreePath path = TreePath.of(text.asString(""));
        paths.wrongSource(path).ifPresent(RowReader::refuse);
        return path;
    }

    private static List<NamedFunction> functions(JsonNode names) {
        if (names.isMissingNode()) {
            return List.of();
        }
        return names.isArray()
                ? names.valueStream()
                        .map(name -> NamedFunction.of(name.asString()))
                        .toList()
                : List.of(NamedFunction.of(names.asString()));
    }

    private LocalCodes codes(JsonNode name) {
        if (name.isMissingNode()) {
            return null;
        }
        LocalCodes table = codes.get(name.asString());
        if (table == null) {
            refuse("codes: there is no table '%s'; expected one of codes/, which has %s"
                    .formatted(name.asString(), new TreeSet<>(codes.keySet())));
        }
        return table;
    }

    private static DatePattern[] dates(JsonNode date) {
        if (date.isMissingNode()) {
            return new DatePattern[2];
        }
        if (!date.path("from").isString() || !date.path("to").isString() || date.size() != 2) {
            refuse("date is no pair of patterns; expected {from: pattern, to: pattern}");
        }
        return new DatePattern[] {
            pattern(date.path("from").stringValue()), pattern(date.path("to").stringValue())
        };
    }

    private static DatePattern pattern(String text) {
        try {
            return DatePattern.of(text);
        } catch (IllegalArgumentException malformed) {
            throw new IllegalArgumentException("date: '%s' is no pattern (%s); expected one such as yyyy-MM-dd HH:mm:ss"
                    .formatted(text, malformed.getMessage()));
        }
    }

    private static ValueType type(String name) {
        for (ValueType type : ValueType.values()) {
            if (type.name().toLowerCase(Locale.ROOT).equals(name)) {
                return type;
            }
        }
        throw new IllegalArgumentException("type: '%s'; expected text, number or boolean".formatted(name));
    }

    private static int max(JsonNode max) {
        if (max.isMissingNode()) {
            return 0;
        }
        if (!max.isInt() || max.intValue() < 1) {
            refuse("max is no length: '%s'; expected a number of characters from 1".formatted(max.asString("")));
        }
        return max.intValue();
    }

    private static boolean flag(JsonNode flag) {
        if (!flag.isMissingNode() && !flag.isBoolean()) {
            refuse("required is another word; expected true or false");
        }
        return flag.asBoolean(false);
    }

    private static void refuse(String message) {
        throw new IllegalArgumentException(message);
    }
}
