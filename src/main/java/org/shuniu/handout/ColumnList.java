package org.shuniu.handout;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;

/** Columns of lines of fixed width, as a table that programs read. */
final class ColumnList {

    private ColumnList() {}

    static String of(List<Column> columns) {
        return table(
                List.of("column", "label", "from", "bytes", "required", "codes", "date"),
                columns.stream().map(ColumnList::row).toList());
    }

    private static List<String> row(Column column) {
        return List.of(
                column.name(),
                column.title(),
                String.valueOf(column.from()),
                String.valueOf(column.most()),
                column.required(),
                String.join("|", column.codes().keySet()),
                column.date().orElse(""));
    }

    /** A table in CSV. */
    static String table(List<String> header, List<List<String>> rows) {
        StringWriter text = new StringWriter();
        try (CsvWriter writer =
                CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(text)) {
            writer.writeRecord(header);
            rows.forEach(writer::writeRecord);
        } catch (IOException never) {
            throw new UncheckedIOException(never);
        }
        return text.toString();
    }
}
