package org.shuniu.console;

import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.shuniu.report.Figures;

/**
 * A report as a file: whole before the first byte of it leaves, and without a cell that a spreadsheet takes for a formula. In XLSX a
 * text is a text by its type; in CSV by an apostrophe before it.
 */
final class ReportSheet {

    /**
     * One line.
     *
     * @param code a day, a partner's id or a code; empty where it has none
     */
    record Row(String code, String name, Figures figures) {

        public List<ReportColumn.Cell> cells(ReportColumn.Group group) {
            return group.columns().stream().map(column -> column.of(figures)).toList();
        }
    }

    private static final int NAME_WIDTH = 34;
    private static final int FIGURE_WIDTH = 16;

    private final List<Row> rows;
    private final Row total;
    private final List<String> notes;
    private final UnaryOperator<String> words;

    /**
     * @param notes what is to be known of the figures, line by line below them
     * @param words of the reader's language, by their keys
     */
    ReportSheet(List<Row> rows, Row total, List<String> notes, UnaryOperator<String> words) {
        this.rows = List.copyOf(rows);
        this.total = total;
        this.notes = List.copyOf(notes);
        this.words = words;
    }

    byte[] csv() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (Writer out = new OutputStreamWriter(bytes, StandardCharsets.UTF_8)) {
            out.write(AuditSheet.BYTE_ORDER_MARK);
            CsvWriter lines = CsvWriter.builder().build(out);
            List<String> header = header();
            lines.writeRecord(header);
            all().forEach(row -> lines.writeRecord(line(row)));
            notes.forEach(note -> lines.writeRecord(line(note, header.size())));
            lines.flush();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return bytes.toByteArray();
    }

    /** As many fields as every other line: readers are strict. */
    private static List<String> line(String note, int fields) {
        List<String> line = new ArrayList<>(Collections.nCopies(fields, ""));
        line.set(0, AuditSheet.plain(note));
        return line;
    }

    private static List<String> line(Row row) {
        List<String> line = new ArrayList<>(List.of(AuditSheet.plain(row.code()), AuditSheet.plain(row.name())));
        for (ReportColumn column : ReportColumn.values()) {
            ReportColumn.Cell cell = column.of(row.figures());
            line.add(cell.number() == null ? "" : cell.text());
        }
        return line;
    }

    /** @param about what the report is about, line by line, for its second sheet */
    byte[] xlsx(List<String> about) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (Workbook book = new Workbook(bytes, "Shuniu", "1.0")) {
            fill(book.newWorksheet(words.apply("reports.title")));
            Worksheet second = book.newWorksheet(words.apply("reports.about"));
            second.width(0, NAME_WIDTH * 3.0);
            for (int i = 0; i < about.size(); i++) {
                second.value(i, 0, about.get(i));
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return bytes.toByteArray();
    }

    private void fill(Worksheet sheet) {
        List<String> header = header();
        for (int column = 0; column < header.size(); column++) {
            sheet.value(0, column, header.get(column));
            sheet.style(0, column).bold().wrapText(true).set();
            sheet.width(column, column == 1 ? NAME_WIDTH : FIGURE_WIDTH);
        }
        sheet.freezePane(2, 1);
        int number = 1;
        for (Row row : all()) {
            fill(sheet, number++, row);
        }
        for (String note : notes) {
            sheet.value(number++, 0, note);
        }
    }

    private static void fill(Worksheet sheet, int number, Row row) {
        sheet.value(number, 0, row.code());
        sheet.value(number, 1, row.name());
        int column = 2;
        for (ReportColumn figure : ReportColumn.values()) {
            ReportColumn.Cell cell = figure.of(row.figures());
            if (cell.beyond()) {
                sheet.value(number, column, cell.text());
            } else if (cell.number() != null) {
                sheet.value(number, column, cell.number());
            }
            column++;
        }
    }

    private List<Row> all() {
        List<Row> all = new ArrayList<>(rows);
        all.add(total);
        return all;
    }

    private List<String> header() {
        List<String> header = new ArrayList<>(List.of(words.apply("reports.code"), words.apply("reports.name")));
        for (ReportColumn column : ReportColumn.values()) {
            header.add(words.apply("reports.column." + column.word()));
        }
        return header;
    }
}
