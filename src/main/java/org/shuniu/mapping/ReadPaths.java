package org.shuniu.mapping;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** The places of its source that an outgoing mapping names, in expressions and conditions too. */
final class ReadPaths {

    /**
     * A place that is named.
     *
     * @param at the row in its file
     * @param row the same as people count, with its target
     */
    record Read(List<Object> at, String row, TreePath path) {}

    private static final Pattern QUOTED = Pattern.compile("\"[^\"]*\"|'[^']*'");
    private static final Pattern NAMED =
            Pattern.compile("(?<![\\w.$])(message|delivery|case|document|item)((?:\\.[A-Za-z_][A-Za-z0-9_]*)+)");

    private final List<Read> found = new ArrayList<>();

    private ReadPaths() {}

    static List<Read> of(JsonNode rows) {
        ReadPaths paths = new ReadPaths();
        paths.rows(rows, List.of("rows"), "", null);
        return paths.found;
    }

    /** Each once, in the order of their names. */
    static Set<TreePath> distinct(List<Read> reads) {
        return reads.stream()
                .map(Read::path)
                .collect(Collectors.toCollection(() -> new TreeSet<>(Comparator.comparing(TreePath::toString))));
    }

    private void rows(JsonNode rows, List<Object> at, String before, TreePath list) {
        for (int i = 0; rows.isArray() && i < rows.size(); i++) {
            JsonNode row = rows.get(i);
            List<Object> place =
                    Stream.concat(at.stream(), Stream.of((Object) i)).toList();
            String number = before + (i + 1);
            String said = "row %s (%s)".formatted(number, row.path("target").asString(""));
            for (String key : List.of("source", "expression", "each")) {
                named(row.path(key).asString(""), place, said, list);
            }
            named(row.path("when").asString(""), place, said, list(row, list));
            if (row.has("each")) {
                rows(
                        row.path("rows"),
                        Stream.concat(place.stream(), Stream.of((Object) "rows"))
                                .toList(),
                        number + ".",
                        list(row, list));
            }
        }
    }

    /** What {@code item} stands for in the row and below it. */
    private static TreePath list(JsonNode row, TreePath outer) {
        String each = row.path("each").asString("");
        return each.isEmpty() ? outer : NAMED.matcher(each).matches() ? whole(each, outer) : outer;
    }

    private void named(String text, List<Object> at, String row, TreePath list) {
        NAMED.matcher(QUOTED.matcher(text).replaceAll("\"\""))
                .results()
                .map(match -> whole(match.group(), list))
                .forEach(path -> found.add(new Read(at, row, path)));
    }

    private static TreePath whole(String path, TreePath list) {
        List<String> steps = List.of(path.split("\\."));
        return steps.get(0).equals("item") && list != null
                ? new TreePath(
                        Stream.concat(list.steps().stream(), steps.stream().skip(1))
                                .toList())
                : new TreePath(steps);
    }
}
