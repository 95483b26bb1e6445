package org.shuniu.handout;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.shuniu.contract.Contract.Results;
import org.shuniu.contract.ContractProtocol;
import org.shuniu.contract.FrontEndTables;
import tools.jackson.databind.json.JsonMapper;

/** What an office with a front-end database gets. */
class TableHandoutTest {

    @TempDir
    private Path directory;

    private final Made made = Made.of(ContractProtocol.TABLE);

    @Test
    void makesTheTablesAndSaysOfEachColumnWhoWritesIt() {
        assertThat(made.faults()).isEmpty();
        String sql = made.text("schema/front-end.sql");
        assertThat(sql)
                .contains(new FrontEndTables(made.contract()).definitions())
                .contains("grant select, insert, update on");

        Map<String, NamedCsvRecord> columns = columns();
        columns.keySet()
                .forEach(column -> assertThat(sql)
                        .contains("\"%s\"".formatted(column.substring(0, column.indexOf('.'))))
                        .contains(column.substring(column.indexOf('.') + 1)));
        assertThat(written(columns, "application.row_guid")).isEqualTo("hub");
        assertThat(written(columns, "application.cd_time")).isEqualTo("database");
        assertThat(written(columns, "application.is_sync")).isEqualTo("reader");
        assertThat(written(columns, "papers.document_guid")).isEqualTo("hub");
        assertThat(written(columns, "result.state")).isEqualTo("office");
        assertThat(columns.values().stream().map(row -> row.getField("standard")))
                .contains("申请时间 — GB/T 39046-2020 table 5", "申请者证件号码 — GB/T 39046-2020 table 5");
    }

    @Test
    void hasRowsAsSamplesThatFitTheTables() {
        Map<String, byte[]> sent = made.samples(name -> name.contains("/sent/"));
        Map<String, byte[]> answers = made.samples(name -> name.contains("/answers/"));

        assertThat(sent).hasSizeGreaterThanOrEqualTo(3);
        assertThat(answers.keySet())
                .containsExactlyInAnyOrder(
                        "answers/by-itself.done.sql",
                        "answers/by-itself.in-work.sql",
                        "answers/by-itself.not-understood.sql",
                        "answers/by-itself.refused.sql");
        List<InsertedRow> done = rows(answers.get("answers/by-itself.done.sql"));
        assertThat(done).hasSize(1);
        assertThat(done.get(0).table()).isEqualTo("result");
        assertThat(done.get(0).values())
                .containsEntry("state", "DONE")
                .as("the hub and the database write these")
                .doesNotContainKeys("is_sync", "sync_time", "cd_time");
        assertThat(rows(sent.values().iterator().next()).get(0).table()).isEqualTo("application");
    }

    /** Whoever writes an example by hand may forget the table. */
    @Test
    void tellsAnExampleThatFitsNoTable() throws IOException {
        Made.of(directory, ContractProtocol.TABLE, Results.POLL, UnaryOperator.identity());
        Path example = Made.mappings(directory).resolve("forestry/examples/result.in/done.source.json");
        Files.writeString(
                example,
                Files.readString(example).replace("\"certificate_no\"", "\"licence_no\": \"1\", \"certificate_no\""));

        assertThat(Made.again(directory).faults())
                .singleElement()
                .satisfies(fault -> assertThat(fault.reason()).contains("result has no column licence_no"));
    }

    @Test
    void saysHowRowsAreTakenAndCorrected() {
        String page = made.text("index.html");

        assertThat(page)
                .contains("<code>is_sync</code>", "已被更正的行替代", "another stands in its place")
                .contains("贵单位，读取之后", "the office, once it has read the row")
                .contains("结果表的每一行", "Each row of the table of results")
                .doesNotContain("答复队列", "reply queue");
    }

    @Test
    void readsBackWhatItWrites() {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("name", "O'Brien (测试), 'x'");
        values.put("remark", "two\nlines; values ('a')");
        InsertedRow row = new InsertedRow("order", values);
        InsertedRow other = InsertedRow.of("papers", JsonMapper.shared().readTree("{\"no\": 1, \"digest\": null}"));

        assertThat(InsertedRow.read(row.statement() + "\n" + other.statement())).containsExactly(row, other);
        assertThat(other.values()).isEqualTo(Map.of("no", "1"));
    }

    private Map<String, NamedCsvRecord> columns() {
        try (CsvReader<NamedCsvRecord> reader = CsvReader.builder().ofNamedCsvRecord(made.text("schema/columns.csv"))) {
            return reader.stream()
                    .collect(Collectors.toMap(
                            row -> row.getField("table") + "." + row.getField("column"),
                            row -> row,
                            (one, other) -> one,
                            LinkedHashMap::new));
        } catch (IOException never) {
            throw new AssertionError(never);
        }
    }

    private static String written(Map<String, NamedCsvRecord> columns, String column) {
        assertThat(columns).containsKey(column);
        return columns.get(column).getField("written_by");
    }

    private static List<InsertedRow> rows(byte[] file) {
        return InsertedRow.read(new String(file, StandardCharsets.UTF_8));
    }
}
