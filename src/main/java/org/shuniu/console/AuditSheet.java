package org.shuniu.console;

import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.IOException;
import java.io.Writer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.shuniu.audit.AuditLog;
import org.shuniu.document.CaseTimes;

/** Audit lines as CSV that no spreadsheet takes for formulas. */
final class AuditSheet implements AutoCloseable {

    /** Without it spreadsheets take UTF-8 for something else. */
    static final char BYTE_ORDER_MARK = '\uFEFF';

    private static final String BEGINS_FORMULAS = "=+-@\t\r\n＝＋－＠";

    private final CsvWriter rows;

    AuditSheet(Writer out) throws IOException {
        out.write(BYTE_ORDER_MARK);
        this.rows = CsvWriter.builder().build(out);
        rows.writeRecord("no", "at", "actor", "action", "target", "detail");
    }

    void add(AuditLog.Entry line) {
        rows.writeRecord(
                Long.toString(line.seq()),
                CaseTimes.dateTime(line.at()),
                plain(line.actor()),
                plain(line.action()),
                plain(line.target()),
                plain(line.detail()));
    }

    /** A value that would begin a formula begins with an apostrophe, which spreadsheets take for text. */
    static String plain(@Nullable String value) {
        if (value == null || value.isEmpty()) {
            return "";
        }
        boolean formula = Stream.of(value, value.stripLeading())
                .anyMatch(text -> !text.isEmpty() && BEGINS_FORMULAS.indexOf(text.charAt(0)) >= 0);
        return formula ? "'" + value : value;
    }

    @Override
    public void close() throws IOException {
        rows.close();
    }
}
