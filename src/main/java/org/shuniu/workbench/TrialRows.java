package org.shuniu.workbench;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.shuniu.fault.Fault;
import org.shuniu.fault.YamlLines;
import org.shuniu.mapping.ExplainedRow;

/** Brings together what rows did and what is wrong with them, in the order of their text. */
final class TrialRows {

    private final YamlLines lines;
    private final List<Fault> faults;

    /** @param file whose faults these are; those of other files, and of a text as a whole, belong to no row */
    TrialRows(String text, String file, List<Fault> faults) {
        this.lines = YamlLines.of(text);
        this.faults = faults.stream()
                .filter(fault -> fault.file().equals(file)
                        && fault.line() > 0
                        && !fault.place().isEmpty())
                .sorted(Comparator.comparingLong(Fault::line))
                .toList();
    }

    List<Trial.Row> of(List<ExplainedRow> explained) {
        List<Trial.Row> rows = new ArrayList<>();
        Set<Fault> told = new HashSet<>();
        for (ExplainedRow row : explained) {
            long line = lines.line(row.at());
            List<Fault> here =
                    faults.stream().filter(fault -> fault.line() == line).toList();
            told.addAll(here);
            rows.add(new Trial.Row(line, row, here));
        }
        faults.stream().filter(fault -> !told.contains(fault)).forEach(fault -> insert(fault, rows));
        return rows;
    }

    /** A row that could not be read has done nothing; it stands before the first that comes after it in the text. */
    private static void insert(Fault fault, List<Trial.Row> rows) {
        int at = 0;
        while (at < rows.size() && rows.get(at).line() <= fault.line()) {
            at++;
        }
        rows.add(at, new Trial.Row(fault.line(), null, List.of(fault)));
    }
}
