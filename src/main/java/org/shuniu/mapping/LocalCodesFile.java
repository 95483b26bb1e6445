package org.shuniu.mapping;

import de.siegmar.fastcsv.reader.CommentStrategy;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.shuniu.catalogue.CsvLines;
import org.shuniu.fault.Fault;

/**
 * Reads a code table: columns {@code hub,local,use,name}, where use is {@code both}, {@code out} or {@code in}, and where rows
 * have dates {@code valid_from,valid_to}, both included and both possibly empty.
 */
final class LocalCodesFile {

    private static final List<String> COLUMNS = List.of("hub", "local", "use", "name");
    private static final List<String> DATED = List.of("hub", "local", "use", "name", "valid_from", "valid_to");
    private static final Set<String> USES = Set.of("both", "out", "in");

    private final String file;
    private final Faults faults;
    private final List<LocalCodes.Row> rows = new ArrayList<>();
    /** Those that are not as they should be. */
    private final Set<List<String>> headers = new HashSet<>();

    private LocalCodesFile(String file, Faults faults) {
        this.file = file;
        this.faults = faults;
    }

    static LocalCodes read(Path path, String name, Faults faults) {
        try {
            return read(Files.readString(path), name, faults);
        } catch (CharacterCodingException otherCharset) {
            faults.add(Fault.ofBytes(path));
            return new LocalCodes(name, List.of());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** The same of a text that is not in its file yet. */
    static LocalCodes read(String text, String name, Faults faults) {
        LocalCodesFile table = new LocalCodesFile("codes/%s.csv".formatted(name), faults);
        try {
            if (text.startsWith(CsvLines.BYTE_ORDER_MARK)) {
                faults.add(table.file, 1, CsvLines.MARKED);
            } else {
                table.add(text);
            }
        } catch (CsvParseException malformed) {
            faults.add(
                    table.file,
                    CsvLines.of(malformed),
                    "a row that can't be read; expected fields apart by commas, quotes closed, a quote within quotes doubled");
        }
        return new LocalCodes(name, table.rows);
    }

    private void add(String text) {
        try (CsvReader<NamedCsvRecord> rows = CsvReader.builder()
                .allowMissingFields(true)
                .allowExtraFields(true)
                .commentStrategy(CommentStrategy.SKIP)
                .ofNamedCsvRecord(text)) {
            rows.forEach(this::add);
            headers.forEach(
                    header -> faults.add(file, 1, "columns %s; expected %s or %s".formatted(header, COLUMNS, DATED)));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private void add(NamedCsvRecord row) {
        long where = row.getStartingLineNumber();
        boolean dated = row.getHeader().equals(DATED);
        if (!dated && !row.getHeader().equals(COLUMNS)) {
            headers.add(row.getHeader());
            return;
        }
        if (row.getFieldCount() != row.getHeader().size()) {
            faults.add(
                    file,
                    where,
                    "%d fields; expected %d as in the header"
                            .formatted(row.getFieldCount(), row.getHeader().size()));
            return;
        }
        String use = row.getField("use");
        if (!USES.contains(use)) {
            faults.add(file, where, "use is '%s'; expected both, out or in".formatted(use));
        }
        LocalCodes.Row read = new LocalCodes.Row(
                where,
                row.getField("hub"),
                row.getField("local"),
                use,
                row.getField("name"),
                dated ? date(row, "valid_from", LocalDate.MIN, where) : LocalDate.MIN,
                dated ? date(row, "valid_to", LocalDate.MAX, where) : LocalDate.MAX);
        check(read, where);
        rows.add(read);
    }

    private LocalDate date(NamedCsvRecord row, String column, LocalDate open, long where) {
        String text = row.getField(column);
        try {
            return text.isEmpty() ? open : LocalDate.parse(text);
        } catch (DateTimeParseException malformed) {
            faults.add(
                    file,
                    where,
                    "%s is '%s', no date; expected one like 2026-07-01, or nothing".formatted(column, text));
            return open;
        }
    }

    private void check(LocalCodes.Row row, long where) {
        if (row.hub().isEmpty() || row.local().isEmpty()) {
            faults.add(file, where, "an empty code; expected one in both columns, hub and local");
            return;
        }
        if (row.until().isBefore(row.from())) {
            faults.add(
                    file,
                    where,
                    "valid_to %s is before valid_from %s; expected the last day on which the row holds, or nothing"
                            .formatted(row.until(), row.from()));
        }
        boolean outTwice = row.out()
                && rows.stream().anyMatch(other -> other.out() && other.hub().equals(row.hub()) && other.meets(row));
        boolean inTwice = row.in()
                && rows.stream().anyMatch(other -> other.in() && other.local().equals(row.local()) && other.meets(row));
        if (outTwice || inTwice) {
            faults.add(
                    file,
                    where,
                    "%s code '%s' stands twice; expected once on any day (use: out or in tells which row counts)"
                            .formatted(outTwice ? "hub" : "local", outTwice ? row.hub() : row.local()));
        }
    }
}
