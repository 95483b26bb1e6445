package org.shuniu.mapping;

import de.siegmar.fastcsv.reader.CommentStrategy;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads a code table: columns {@code hub,local,use,name}, where use is {@code both}, {@code out} or {@code in}. */
final class LocalCodesFile {

    private static final List<String> COLUMNS = List.of("hub", "local", "use", "name");
    private static final Set<String> USES = Set.of("both", "out", "in");

    private final String file;
    private final Faults faults;
    private final Map<String, String> out = new HashMap<>();
    private final Map<String, String> in = new HashMap<>();

    private LocalCodesFile(String file, Faults faults) {
        this.file = file;
        this.faults = faults;
    }

    static LocalCodes read(Path path, String name, Faults faults) {
        LocalCodesFile table = new LocalCodesFile(name, faults);
        try (CsvReader<NamedCsvRecord> rows =
                CsvReader.builder().commentStrategy(CommentStrategy.SKIP).ofNamedCsvRecord(path)) {
            rows.forEach(table::add);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return new LocalCodes(name, Map.copyOf(table.out), Map.copyOf(table.in));
    }

    private void add(NamedCsvRecord row) {
        String where = "codes/%s.csv, line %d".formatted(file, row.getStartingLineNumber());
        if (!row.getHeader().equals(COLUMNS)) {
            faults.add(where, "columns %s; expected %s".formatted(row.getHeader(), COLUMNS));
            return;
        }
        String use = row.getField("use");
        if (!USES.contains(use)) {
            faults.add(where, "use is '%s'; expected both, out or in".formatted(use));
        }
        if (!use.equals("in")) {
            put(out, row.getField("hub"), row.getField("local"), where, "hub");
        }
        if (!use.equals("out")) {
            put(in, row.getField("local"), row.getField("hub"), where, "local");
        }
    }

    private void put(Map<String, String> codes, String from, String to, String where, String column) {
        if (from.isEmpty() || to.isEmpty()) {
            faults.add(where, "an empty code; expected one in both columns");
        } else if (codes.putIfAbsent(from, to) != null) {
            faults.add(
                    where,
                    "%s code '%s' stands twice; expected once (use: out or in tells which row counts)"
                            .formatted(column, from));
        }
    }
}
