package org.shuniu.mapping;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Where the rows of a mapping take their values from, those within lists included. */
final class RowSources {

    /**
     * A row with a code table.
     *
     * @param from where its code comes from, or null where an expression says it
     */
    record Coded(ValueRow row, @Nullable TreePath from) {}

    private static final String ITEM = "item";
    private static final String PLAIN = "source ";

    private final Set<TreePath> lists = new HashSet<>();
    private final Set<TreePath> copied = new HashSet<>();
    private final List<Coded> coded = new ArrayList<>();

    private RowSources() {}

    static RowSources of(List<MappingRow> rows) {
        RowSources sources = new RowSources();
        sources.add(rows, null);
        return sources;
    }

    private void add(List<MappingRow> rows, @Nullable TreePath list) {
        for (MappingRow row : rows) {
            if (row instanceof EachRow each) {
                TreePath whole = whole(each.list(), list);
                lists.add(whole);
                add(each.rows(), whole);
            } else if (row instanceof ValueRow value) {
                add(value, list);
            }
        }
    }

    private void add(ValueRow row, @Nullable TreePath list) {
        String origin = row.from().text();
        TreePath from = origin.startsWith(PLAIN) ? whole(TreePath.of(origin.substring(PLAIN.length())), list) : null;
        if (from != null) {
            copied.add(from);
        }
        if (row.codes() != null) {
            coded.add(new Coded(row, from));
        }
    }

    private static TreePath whole(TreePath path, @Nullable TreePath list) {
        return list != null && path.steps().get(0).equals(ITEM)
                ? new TreePath(Stream.concat(
                                list.steps().stream(),
                                path.steps().subList(1, path.steps().size()).stream())
                        .toList())
                : path;
    }

    /** Whether rows stand for each element of it: it is read only as far as they read. */
    boolean isList(TreePath path) {
        return lists.contains(path);
    }

    /** Whether a row takes it as it is, with all that is in it. */
    boolean copies(TreePath path) {
        return copied.contains(path);
    }

    List<Coded> coded() {
        return List.copyOf(coded);
    }
}
