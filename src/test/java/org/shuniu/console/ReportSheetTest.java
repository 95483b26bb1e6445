package org.shuniu.console;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.dhatim.fastexcel.reader.Cell;
import org.dhatim.fastexcel.reader.CellType;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.shuniu.report.Figures;
import org.shuniu.report.Spread;

/** Files of reports, opened again by readers that are not the hub's. */
class ReportSheetTest {

    private static final List<String> HOSTILE =
            List.of("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "=HYPERLINK(\"http://x\",\"y\")");

    private static final Figures FIGURES = new Figures(
            12,
            7,
            3,
            1,
            8,
            2,
            40,
            36_000,
            spread(Spread.HOURS.slots(), 2, 8, Spread.HOURS.slots() - 1),
            spread(Spread.WORKING_DAYS.slots(), 3));
    private static final ReportSheet.Row TOTAL = new ReportSheet.Row("", "all", FIGURES);
    private static final UnaryOperator<String> WORDS = key -> "word " + key;

    @Test
    void saysTheSameAsThePageInBothForms() throws IOException {
        ReportSheet sheet = sheet(List.of(new ReportSheet.Row("2026-11-27", "2026-11-27", FIGURES)));

        List<CsvRecord> csv = csv(sheet.csv());
        List<Row> xlsx = xlsx(sheet.xlsx(List.of("about")), 0);

        assertThat(csv).hasSize(3);
        assertThat(xlsx).hasSize(3);
        ReportColumn[] columns = ReportColumn.values();
        for (int i = 0; i < columns.length; i++) {
            ReportColumn.Cell shown = columns[i].of(FIGURES);
            assertThat(csv.get(1).getField(i + 2)).as("%s", columns[i]).isEqualTo(shown.text());
            Cell cell = xlsx.get(1).getCell(i + 2);
            if (shown.beyond()) {
                assertThat(cell.asString()).isEqualTo(shown.text());
            } else {
                assertThat(cell.asNumber().doubleValue())
                        .as("%s", columns[i])
                        .isEqualTo(shown.number().doubleValue());
            }
        }
        assertThat(csv.get(0).getField(2)).isEqualTo("word reports.column.received");
        assertThat(xlsx.get(0).getCell(2).asString()).isEqualTo("word reports.column.received");
    }

    @Test
    void leavesOutWhatNobodyKnows() throws IOException {
        Figures none = new Figures(
                1, 0, 0, 0, 0, 0, 0, 0, new long[Spread.HOURS.slots()], new long[Spread.WORKING_DAYS.slots()]);
        ReportSheet sheet = sheet(List.of(new ReportSheet.Row("a", "a", none)));

        int share = 2 + ReportColumn.SHARE.ordinal();
        assertThat(csv(sheet.csv()).get(1).getField(share)).isEmpty();
        assertThat(ReportColumn.SHARE.of(none).text()).isEqualTo("–");
        assertThat(xlsx(sheet.xlsx(List.of()), 0).get(1).getOptionalCell(share)).isEmpty();
    }

    @Test
    void holdsNoFormulaInAnyCell() throws IOException {
        ReportSheet sheet = new ReportSheet(
                HOSTILE.stream()
                        .map(text -> new ReportSheet.Row(text, text, FIGURES))
                        .toList(),
                TOTAL,
                HOSTILE,
                WORDS);

        assertThat(csv(sheet.csv()).stream().flatMap(line -> line.getFields().stream()))
                .noneMatch(ReportSheetTest::beginsAFormula)
                .contains("'=1+1", "'-1", "'\t=1");
        byte[] book = sheet.xlsx(HOSTILE);
        Stream.of(0, 1)
                .flatMap(number -> xlsx(book, number).stream())
                .flatMap(Row::stream)
                .filter(cell -> cell != null && cell.getType() != CellType.EMPTY)
                .forEach(cell -> assertThat(cell.getType()).isIn(CellType.STRING, CellType.NUMBER));
    }

    @Test
    void leavesATextInXlsxAsItIs() throws IOException {
        byte[] book = new ReportSheet(List.of(new ReportSheet.Row("-", "=1+1", FIGURES)), TOTAL, List.of("+1"), WORDS)
                .xlsx(List.of("@SUM(A1)"));

        List<Row> lines = xlsx(book, 0);
        assertThat(lines.get(1).getCell(0).asString()).isEqualTo("-");
        assertThat(lines.get(1).getCell(1).asString()).isEqualTo("=1+1");
        assertThat(lines.get(3).getCell(0).asString()).isEqualTo("+1");
        assertThat(xlsx(book, 1).get(0).getCell(0).asString()).isEqualTo("@SUM(A1)");
    }

    @Test
    void saysBelowItsFiguresWhatIsToBeKnownOfThem() throws IOException {
        List<String> notes = List.of("only of economy", "behind");
        ReportSheet sheet = new ReportSheet(List.of(new ReportSheet.Row("a", "a", FIGURES)), TOTAL, notes, WORDS);

        List<CsvRecord> csv = csv(sheet.csv());
        List<Row> xlsx = xlsx(sheet.xlsx(List.of()), 0);

        assertThat(csv.subList(3, 5)).extracting(line -> line.getField(0)).isEqualTo(notes);
        assertThat(csv).extracting(CsvRecord::getFieldCount).containsOnly(2 + ReportColumn.values().length);
        assertThat(xlsx.subList(3, 5))
                .extracting(line -> line.getCell(0).asString())
                .isEqualTo(notes);
    }

    @ParameterizedTest
    @CsvSource({"99997, 3, 99.99", "3, 99997, 0.01", "5, 0, 100", "0, 5, 0", "2, 1, 66.67"})
    void callsNothingAllOrNoneThatIsNot(long inTime, long late, String share) {
        Figures figures = new Figures(
                0, inTime, 0, 0, inTime, late, 0, 0, spread(Spread.HOURS.slots()), spread(Spread.WORKING_DAYS.slots()));

        assertThat(ReportColumn.SHARE.of(figures).text()).isEqualTo(share);
    }

    @Test
    void isReadAsUnicode() {
        byte[] csv = sheet(List.of(new ReportSheet.Row("x", "民政", FIGURES))).csv();

        assertThat(csv).startsWith(0xEF, 0xBB, 0xBF);
        assertThat(new String(csv, StandardCharsets.UTF_8)).contains("民政");
    }

    @Test
    void writesNumbersThatNobodyHasToRead() {
        assertThat(new ReportColumn.Cell(5.0, false).text()).isEqualTo("5");
        assertThat(new ReportColumn.Cell(0.016_666, false).text()).isEqualTo("0.02");
        assertThat(new ReportColumn.Cell(66.666_666, false).text()).isEqualTo("66.67");
        assertThat(new ReportColumn.Cell(100.0, false).text()).isEqualTo("100");
        assertThat(new ReportColumn.Cell(4_320.0, true).text()).isEqualTo("> 4320");
    }

    private static boolean beginsAFormula(String text) {
        return text != null && !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0;
    }

    private static ReportSheet sheet(List<ReportSheet.Row> rows) {
        return new ReportSheet(rows, TOTAL, List.of(), WORDS);
    }

    private static long[] spread(int length, int... slots) {
        long[] counts = new long[length];
        for (int slot : slots) {
            counts[slot]++;
        }
        return counts;
    }

    private static List<CsvRecord> csv(byte[] file) throws IOException {
        String text = new String(file, StandardCharsets.UTF_8).substring(1);
        try (CsvReader<CsvRecord> reader = CsvReader.builder().ofCsvRecord(text)) {
            return reader.stream().toList();
        }
    }

    private static List<Row> xlsx(byte[] file, int sheet) {
        try (ReadableWorkbook book = new ReadableWorkbook(new ByteArrayInputStream(file))) {
            return book.getSheets().toList().get(sheet).read();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
