package org.shuniu.mapping;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
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
    private final String place;
    private final Map<String, LocalCodes> codes;
    private final RowPaths paths;
    private final Faults faults;

    RowReader(String mapping, String file, String place, Map<String, LocalCodes> codes, RowPaths paths, Faults faults) {
        this.mapping = mapping;
        this.file = file;
        this.place = place;
        this.codes = codes;
        this.paths = paths;
        this.faults = faults;
    }

    List<MappingRow> rows(JsonNode list) {
        List<MappingRow> rows = new ArrayList<>();
        Set<String> targets = new TreeSet<>();
        int number = 0;
        for (JsonNode row : list) {
            number++;
            String target = row.path("target").asString("");
            try {
                if (!targets.add(target) && !row.has("when")) {
                    throw new IllegalArgumentException("the target stands twice; expected once, or a when");
                }
                rows.add(row(row));
            } catch (IllegalArgumentException wrong) {
                faults.add("%s, %s %d (%s)".formatted(file, place, number, target), wrong.getMessage());
            }
        }
        return rows;
    }

    private MappingRow row(JsonNode row) {
        requireKeys(row);
        TreePath target = TreePath.of(row.path("target").asString(""));
        paths.wrongTarget(target).ifPresent(RowReader::refuse);
        Expression when = row.has("when") ? Expression.of(row.path("when").asString()) : null;
        return row.has("each") ? each(row, target, when) : value(row, target, when);
    }

    private static void requireKeys(JsonNode row) {
        for (String key : row.propertyNames()) {
            if (!KEYS.contains(key)) {
                refuse("unknown key '%s'; expected one of %s".formatted(key, new TreeSet<>(KEYS)));
            }
        }
        if (ORIGINS.stream().filter(row::has).count() != 1) {
            refuse("expected exactly one of %s".formatted(ORIGINS));
        }
        if (row.has("each") != row.has("rows")) {
            refuse("each and rows go together");
        }
    }

    private MappingRow each(JsonNode row, TreePath target, Expression when) {
        TreePath list = source(row.path("each"));
        RowReader inner = new RowReader(mapping, file, place + "." + target, codes, paths.inside(list), faults);
        return new EachRow(mapping, target, list, when, inner.rows(row.path("rows")));
    }

    private MappingRow value(JsonNode row, TreePath target, Expression when) {
        DatePattern[] dates = dates(row.path("date"));
        return new ValueRow(
                mapping,
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

    private ValueRow.ValueSource origin(JsonNode row) {
        if (row.has("value")) {
            JsonNode constant = row.get("value");
            return source -> constant;
        }
        if (row.has("expression")) {
            return Expression.of(row.path("expression").asString())::evaluate;
        }
        TreePath path = source(row.path("source"));
        return source -> path.find(source.tree());
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
            refuse("codes: '%s' is none of %s in codes/".formatted(name.asString(), new TreeSet<>(codes.keySet())));
        }
        return table;
    }

    private static DatePattern[] dates(JsonNode date) {
        if (date.isMissingNode()) {
            return new DatePattern[2];
        }
        if (!date.path("from").isString() || !date.path("to").isString() || date.size() != 2) {
            refuse("date: expected {from: pattern, to: pattern}");
        }
        return new DatePattern[] {
            DatePattern.of(date.path("from").stringValue()),
            DatePattern.of(date.path("to").stringValue())
        };
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
            refuse("max: expected a number of characters");
        }
        return max.intValue();
    }

    private static boolean flag(JsonNode flag) {
        if (!flag.isMissingNode() && !flag.isBoolean()) {
            refuse("required: expected true or false");
        }
        return flag.asBoolean(false);
    }

    private static void refuse(String message) {
        throw new IllegalArgumentException(message);
    }
}
