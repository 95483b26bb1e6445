package org.shuniu.handout;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.shuniu.contract.Contract.Code;

/**
 * A code table, as agreed and as it is in force.
 *
 * @param name such as {@code id-type}
 */
record CodeList(String name, List<Row> rows) {

    /**
     * One code of the hub's and the office's for the same.
     *
     * @param sent whether the hub writes it
     * @param read whether the hub understands it
     */
    record Row(String hub, String local, boolean sent, boolean read, String meaning) {}

    CodeList {
        rows = List.copyOf(rows);
    }

    /** Something that only ever is this one text. */
    static CodeList only(String value, String meaning) {
        return new CodeList("", List.of(new Row("", value, true, true, meaning)));
    }

    /** What was agreed and is in no table of the hub's yet is agreed all the same. */
    CodeList with(List<Code> agreed) {
        List<Row> all = new ArrayList<>(rows);
        agreed.stream()
                .filter(code -> rows.stream()
                        .noneMatch(row ->
                                row.hub().equals(code.hub()) && row.local().equals(code.local())))
                .map(code -> new Row(code.hub(), code.local(), true, true, code.name()))
                .forEach(all::add);
        return new CodeList(name, all);
    }

    /** The office's codes that the hub may write, each once, with all that each may mean. */
    Map<String, String> sent() {
        return meanings(rows.stream().filter(Row::sent).toList());
    }

    /** The office's codes that the hub understands. */
    Map<String, String> read() {
        return meanings(rows.stream().filter(Row::read).toList());
    }

    private static Map<String, String> meanings(List<Row> rows) {
        return rows.stream()
                .collect(Collectors.toMap(
                        Row::local,
                        Row::meaning,
                        (one, other) -> one.isEmpty() ? other : one + "、" + other,
                        LinkedHashMap::new));
    }
}
