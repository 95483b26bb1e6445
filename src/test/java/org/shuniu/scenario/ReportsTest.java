package org.shuniu.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.dhatim.fastexcel.reader.Cell;
import org.dhatim.fastexcel.reader.CellType;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.Row;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Reports of a hub that runs, held beside what its partners have in their own ledgers. */
class ReportsTest {

    private static final String ARCHIVES = "312000370000";
    private static final ZoneId CITY = ZoneId.of("Asia/Shanghai");
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    static Path directory;

    private static RunningHub hub;
    private static Browser viewer;

    @BeforeAll
    static void start() {
        hub = RunningHub.start(directory, "--shuniu.reports.every=200ms");
        viewer = Browser.of(hub, "viewer");
        List<String> done = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            done.add(hub.caseOf(Applications.online(Applications.ECONOMY)));
        }
        done.add(hub.caseOf(Applications.atCounter(Applications.ECONOMY, "")));
        done.add(hub.caseOf(Applications.online(ARCHIVES)));
        String refused = hub.caseOf(Applications.online(ARCHIVES, "REFUSE"));
        done.forEach(caseNo -> hub.awaitStatus(caseNo, "60"));
        hub.awaitStatus(refused, "61");
        hub.awaitQuiet();
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    @Test
    void sayOfEachDepartmentWhatItsLedgerSays() {
        // Given what the departments have on record themselves
        Map<String, String> expected = new TreeMap<>();
        for (String department : List.of("economy", "archives")) {
            List<JsonNode> effects = hub.ledger(department).stream()
                    .map(RunningHub.JSON::readTree)
                    .filter(line -> line.path("effect").asString().equals("application"))
                    .toList();
            long refused = effects.stream()
                    .filter(line -> line.path("refused").asBoolean(false))
                    .count();
            expected.put(department, "%d %d %d 0".formatted(effects.size(), effects.size() - refused, refused));
        }
        assertThat(expected).containsEntry("economy", "4 4 0 0").containsEntry("archives", "2 1 1 0");

        // Then the report of today says the same
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(figures("by=department"))
                        .containsAllEntriesOf(expected)
                        .containsEntry("", "6 5 1 0"));
        assertThat(figures("by=item"))
                .containsEntry(Applications.ECONOMY, "4 4 0 0")
                .containsEntry(ARCHIVES, "2 1 1 0");
        assertThat(figures("by=centre&department=economy"))
                .containsEntry(Applications.CENTRE, "1 1 0 0")
                .containsEntry("", "4 4 0 0");
        assertThat(figures("by=time&period=month"))
                .containsEntry(LocalDate.now(CITY).toString().substring(0, 7), "6 5 1 0");
        // And all were decided at once, within their time limit
        List<CsvRecord> economy = csv("by=department&department=economy");
        assertThat(economy.get(1).getFields().subList(6, 9)).containsExactly("4", "0", "100");
    }

    @Test
    void areTheSameOnThePageAndInBothFiles() throws IOException {
        String asked = "by=department&lang=en";
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(figures(asked)).containsEntry("", "6 5 1 0"));

        List<CsvRecord> csv = csv(asked);
        List<Row> xlsx = xlsx(viewer.download("/reports.xlsx?" + asked));
        String page = viewer.get("/reports?" + asked).body();

        assertThat(xlsx).hasSameSizeAs(csv);
        for (int line = 0; line < csv.size(); line++) {
            for (int column = 0; column < csv.get(line).getFieldCount(); column++) {
                assertThat(text(xlsx.get(line), column))
                        .as("line %d, column %d", line, column)
                        .isEqualTo(csv.get(line).getField(column));
            }
        }
        for (CsvRecord line : csv.subList(1, csv.size())) {
            String cells = String.join(
                    "\\s*",
                    line.getFields().subList(2, 6).stream()
                            .map(value -> "<td class=\"number\"( data-value=\"[^\"]*\")?>" + value + "</td>")
                            .toList());
            assertThat(page).containsPattern(Pattern.quote(line.getField(1)) + "(?s:[^0-9]{0,60}?)</th>\\s*" + cells);
        }
    }

    @Test
    void leaveATraceInTheAuditWhenTheyAreTakenAway() {
        viewer.get("/reports.csv?by=item&department=economy");

        assertThat(hub.sql()
                        .queryForList(
                                "select detail from audit where action = 'report-exported' and actor = 'viewer'",
                                String.class))
                .anySatisfy(detail -> assertThat(detail).contains("by item", "department 'economy'", "as csv"));
    }

    @Test
    void areFilesWithANameAndAKind() {
        assertThat(viewer.get("/reports.csv?from=2026-11-01&to=2026-11-02")
                        .headers()
                        .map())
                .hasEntrySatisfying("content-type", type -> assertThat(type).containsExactly("text/csv;charset=UTF-8"))
                .hasEntrySatisfying(
                        "content-disposition",
                        name -> assertThat(name)
                                .containsExactly("attachment; filename=\"shuniu-time-day-2026-11-01-2026-11-02.csv\""));
        assertThat(viewer.get("/reports.xlsx").headers().firstValue("content-type"))
                .hasValueSatisfying(type -> assertThat(type).contains("spreadsheetml"));
    }

    @Test
    void refuseAnAddressThatTheyCannotReadAndSayWhy() {
        String wrong = "lang=en&from=yesterday&item=none%3Cb%3E";

        HttpResponse<String> page = viewer.get("/reports?" + wrong);
        assertThat(page.statusCode()).isEqualTo(400);
        assertThat(page.body())
                .contains("“yesterday” is no day", "Item: there is no “none&lt;b&gt;”")
                .doesNotContain("<b>”", "<tfoot>", "There are no such cases");
        for (String kind : List.of("csv", "xlsx")) {
            HttpResponse<String> file = viewer.get("/reports.%s?%s".formatted(kind, wrong));
            assertThat(file.statusCode()).isEqualTo(400);
            assertThat(file.headers().firstValue("content-type")).hasValue("text/plain;charset=UTF-8");
            assertThat(file.headers().firstValue("content-disposition")).isEmpty();
            assertThat(file.body().lines())
                    .hasSize(2)
                    .first()
                    .isEqualTo("From: “yesterday” is no day; expected one such as 2026-11-24.");
        }
        assertThat(viewer.get("/reports?lang=en&to=2020-01-01").body()).contains("There are no such cases");
    }

    @Test
    void sayInTheirFilesThatTheCountingIsBehind() throws IOException {
        // Given a count that can't be finished
        hub.sql().execute("""
                update report_state set whole_at = '2026-01-01T00:00Z';
                alter table report_state add constraint stands check (whole_at = '2026-01-01T00:00Z')
                """);

        List<CsvRecord> csv;
        byte[] xlsx;
        try {
            csv = csv("lang=en");
            xlsx = viewer.download("/reports.xlsx?lang=en");
        } finally {
            hub.sql().execute("alter table report_state drop constraint stands");
        }
        await().atMost(PATIENCE)
                .until(() ->
                        hub.sql().queryForObject("select whole_at > '2026-06-01' from report_state", Boolean.class));

        assertThat(csv.get(csv.size() - 1).getField(0))
                .startsWith("The counting is behind: only what was on record at 2026-01-01 08:00:00");
        assertThat(xlsx(xlsx).get(csv.size() - 1).getCell(0).asString())
                .isEqualTo(csv.get(csv.size() - 1).getField(0));
    }

    /** Received, done, refused and ended otherwise, by the code of each line; the last one has none. */
    private static Map<String, String> figures(String asked) {
        Map<String, String> figures = new TreeMap<>();
        List<CsvRecord> lines = csv(asked);
        lines.subList(1, lines.size())
                .forEach(line -> figures.put(
                        line.getField(0), String.join(" ", line.getFields().subList(2, 6))));
        return figures;
    }

    private static List<CsvRecord> csv(String asked) {
        String text = new String(viewer.download("/reports.csv?" + asked), StandardCharsets.UTF_8);
        assertThat(text).startsWith("\uFEFF");
        try (CsvReader<CsvRecord> reader = CsvReader.builder().ofCsvRecord(text.substring(1))) {
            return reader.stream().toList();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static List<Row> xlsx(byte[] file) throws IOException {
        try (ReadableWorkbook book = new ReadableWorkbook(new ByteArrayInputStream(file))) {
            return book.getFirstSheet().read();
        }
    }

    /** As the file for programs has it: two digits after the point at most. */
    private static String text(Row row, int column) {
        Cell cell = row.getOptionalCell(column).orElse(null);
        if (cell == null || cell.getType() == CellType.EMPTY) {
            return "";
        }
        return cell.getType() == CellType.NUMBER
                ? "%.2f".formatted(cell.asNumber()).replaceFirst("\\.?0+$", "")
                : cell.asString();
    }
}
