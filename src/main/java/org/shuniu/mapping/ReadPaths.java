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

/** The places of its source that a mapping names, in expressions and conditions too. */
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

    private static final String ROOTS_OF_ANSWER = "(?:answer|transport|call|message|case|item)";
    /** A path as a whole, or within an expression, where names that are none elsewhere stand in back quotes. */
    private static final Pattern NAMED_OF_ANSWER =
            Pattern.compile("^%s(?:\\.[@#]?[A-Za-z_][A-Za-z0-9_:-]*)+$".formatted(ROOTS_OF_ANSWER)
                    + "|(?<![\\w.$])%s(?:\\.(?:[A-Za-z_][A-Za-z0-9_]*|`[^`]*`))+".formatted(ROOTS_OF_ANSWER));

    private final Pattern named;
    private final List<Read> found = new ArrayList<>();

    private ReadPaths(Pattern named) {
        this.named = named;
    }

    /** Those of an outgoing mapping. */
    static List<Read> of(JsonNode rows) {
        ReadPaths paths = new ReadPaths(NAMED);
        paths.rows(rows, List.of("rows"), "", null);
        return paths.found;
    }

    /** Those of an incoming one, its outcome included. */
    static List<Read> ofAnswer(JsonNode mapping) {
        ReadPaths paths = new ReadPaths(NAMED_OF_ANSWER);
        for (JsonNode line : mapping.path("outcome")) {
            for (String key : List.of("when", "reason")) {
                paths.named(line.path(key).asString(""), List.of(), "", null);
            }
        }
        mapping.path("documents").properties().forEach(document -> {
            for (String key : List.of("event", "order", "ticket")) {
                paths.named(document.getValue().path(key).asString(""), List.of(), "", null);
            }
            paths.rows(document.getValue().path("rows"), List.of("documents", document.getKey(), "rows"), "", null);
        });
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
    private TreePath list(JsonNode row, TreePath outer) {
        String each = row.path("each").asString("");
        return each.isEmpty() ? outer : named.matcher(each).matches() ? whole(each, outer) : outer;
    }

    private void named(String text, List<Object> at, String row, TreePath list) {
        named.matcher(QUOTED.matcher(text).replaceAll("\"\""))
                .results()
                .map(match -> whole(match.group(), list))
                .forEach(path -> found.add(new Read(at, row, path)));
    }

    private static TreePath whole(String path, TreePath list) {
        List<String> steps = List.of(path.replace("`", "").split("\\."));
        return steps.get(0).equals("item") && list != null
                ? new TreePath(
                        Stream.concat(list.steps().stream(), steps.stream().skip(1))
                                .toList())
                : new TreePath(steps);
    }
}
