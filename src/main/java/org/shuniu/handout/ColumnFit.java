package org.shuniu.handout;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToIntFunction;

/** Holds a row against its columns. */
final class ColumnFit {

    private ColumnFit() {}

    /** Values of a row of CSV by the names of its columns. */
    static Map<String, String> named(List<Column> columns, String titles, String row) {
        try (CsvReader<NamedCsvRecord> reader = CsvReader.builder().ofNamedCsvRecord(titles + "\n" + row)) {
            Map<String, String> values = new LinkedHashMap<>();
            NamedCsvRecord read = reader.stream().findFirst().orElseThrow();
            columns.forEach(column ->
                    values.put(column.name(), read.findField(column.title()).orElse("")));
            return values;
        } catch (IOException never) {
            throw new UncheckedIOException(never);
        }
    }

    /** Values of a line of fixed width. */
    static Map<String, String> measured(List<Column> columns, byte[] line, Charset charset) {
        Map<String, String> values = new LinkedHashMap<>();
        for (Column column : columns) {
            int from = Math.min(line.length, column.from() - 1);
            int to = Math.min(line.length, from + column.most());
            values.put(column.name(), new String(Arrays.copyOfRange(line, from, to), charset).strip());
        }
        return values;
    }

    /** @param length of a value as columns count it */
    static Optional<String> misfit(List<Column> columns, Map<String, String> row, ToIntFunction<String> length) {
        return columns.stream()
                .flatMap(column -> misfit(column, row, length).stream())
                .findFirst();
    }

    private static Optional<String> misfit(Column column, Map<String, String> row, ToIntFunction<String> length) {
        String value = row.getOrDefault(column.name(), "");
        if (value.isEmpty()) {
            return column.isRequiredIn(row) ? Optional.of(column.name() + ": no value") : Optional.empty();
        }
        if (column.most() > 0 && length.applyAsInt(value) > column.most()) {
            return Optional.of("%s: longer than %d".formatted(column.name(), column.most()));
        }
        return column.regex()
                .filter(regex -> !value.matches(regex))
                .map(regex -> "%s: not %s".formatted(column.name(), regex));
    }
}
