package org.shuniu.check;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CommentStrategy;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.shuniu.catalogue.Catalogue;
import org.shuniu.fault.Fault;
import org.shuniu.mapping.Mappings;
import org.shuniu.packaged.Workplace;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The descriptions of tables that editors and spreadsheets' tools read say what stands in the tables, and what the hub reads of it. */
class TableSchemasTest {

    private static final Path MAPPINGS = Path.of("mappings");
    private static final String PACKAGE = "catalogue/datapackage.json";
    private static final int UNDATED = 4;

    @TempDir
    private Path directory;

    @Test
    void everyFileOfTheCatalogueIsDescribedColumnByColumn() throws IOException {
        try (Stream<Path> files = Files.list(MAPPINGS.resolve("catalogue"))) {
            assertThat(files.map(file -> file.getFileName().toString()).filter(name -> name.endsWith(".csv")))
                    .containsExactlyInAnyOrderElementsOf(
                            resources().stream().map(TableSchemasTest::path).toList());
        }
        for (JsonNode table : resources()) {
            assertThat(records(MAPPINGS.resolve("catalogue").resolve(path(table)))
                            .get(0)
                            .getFields())
                    .as(path(table))
                    .isEqualTo(names(fields(table)));
        }
    }

    @Test
    void everyRowFitsWhatIsSaidOfItsColumns() throws IOException {
        SoftAssertions softly = new SoftAssertions();
        for (JsonNode table : resources()) {
            List<CsvRecord> records = records(MAPPINGS.resolve("catalogue").resolve(path(table)));
            for (CsvRecord row : records.subList(1, records.size())) {
                for (int i = 0; i < fields(table).size(); i++) {
                    JsonNode field = fields(table).get(i);
                    softly.assertThat(fits(row.getField(i), field))
                            .as("%s:%d %s", path(table), row.getStartingLineNumber(), field)
                            .isTrue();
                }
            }
        }
        softly.assertAll();
    }

    /** A column that the hub reads can't be left out, and every other can. */
    @Test
    void marksTheColumnsThatTheHubReads() throws IOException {
        Workplace.copy(MAPPINGS.resolve("catalogue"), directory.resolve("catalogue"), text -> text);
        SoftAssertions softly = new SoftAssertions();
        for (JsonNode table : resources()) {
            Path file = directory.resolve("catalogue").resolve(path(table));
            String text = Files.readString(file);
            List<String> columns = names(fields(table));
            for (int i = 0; i < columns.size(); i++) {
                List<String> header = new ArrayList<>(columns);
                header.set(i, "another");
                Files.writeString(file, String.join(",", header) + text.substring(text.indexOf('\n')));
                List<Fault> faults = new ArrayList<>();
                Catalogue.load(directory, faults);
                softly.assertThat(
                                faults.stream().anyMatch(fault -> fault.reason().equals("found no such column")))
                        .as("%s of %s is read", columns.get(i), path(table))
                        .isEqualTo(fields(table).get(i).path("shuniu:read").asBoolean(false));
            }
            Files.writeString(file, text);
        }
        softly.assertAll();
    }

    @Test
    void codeTablesHaveTheColumnsThatAreDescribed() throws IOException {
        List<String> all = names(codes());
        try (Stream<Path> files = Files.walk(MAPPINGS, 3)) {
            List<Path> tables = files.filter(file -> file.toString().matches(".*/codes/[^/]+"))
                    .toList();
            assertThat(tables).hasSizeGreaterThan(20);
            for (Path table : tables) {
                assertThat(records(table).get(0).getFields()).as("%s", table).isIn(all, all.subList(0, UNDATED));
            }
        }
    }

    @Test
    void theHubWantsTheColumnsOfCodeTablesThatAreDescribed() throws IOException {
        Workplace.prepare(directory);
        Path table = directory.resolve("mappings/police/codes/id-type.csv");
        Files.writeString(
                table, Files.readString(table).replaceFirst("hub,", "hubb,").replaceFirst(",both,", ",bth,"));

        List<Fault> faults = new ArrayList<>();
        Mappings.load(directory.resolve("mappings"), faults);

        List<String> all = names(codes());
        assertThat(faults)
                .filteredOn(fault -> fault.file().equals(table.toString()))
                .singleElement()
                .extracting(Fault::cure)
                .isEqualTo("%s or %s".formatted(all.subList(0, UNDATED), all));
    }

    private static boolean fits(String value, JsonNode field) {
        JsonNode constraints = field.path("constraints");
        if (value.isEmpty()) {
            return !constraints.path("required").asBoolean(false);
        }
        boolean listed = !constraints.has("enum")
                || constraints
                        .path("enum")
                        .valueStream()
                        .anyMatch(word -> word.stringValue().equals(value));
        boolean written = Pattern.matches(constraints.path("pattern").asString("[\\s\\S]*"), value);
        return listed
                && written
                && switch (field.path("type").stringValue()) {
                    case "date" -> LocalDate.parse(value) != null;
                    case "integer" -> value.matches("[0-9]+");
                    default -> true;
                };
    }

    private static List<JsonNode> resources() throws IOException {
        return JsonMapper.shared()
                .readTree(Files.readString(MAPPINGS.resolve(PACKAGE)))
                .path("resources")
                .valueStream()
                .toList();
    }

    private static List<JsonNode> codes() throws IOException {
        return JsonMapper.shared()
                .readTree(Files.readString(MAPPINGS.resolve("codes.schema.json")))
                .path("fields")
                .valueStream()
                .toList();
    }

    private static List<JsonNode> fields(JsonNode table) {
        return table.path("schema").path("fields").valueStream().toList();
    }

    private static String path(JsonNode table) {
        return table.path("path").stringValue();
    }

    private static List<String> names(List<JsonNode> fields) {
        return fields.stream().map(field -> field.path("name").stringValue()).toList();
    }

    private static List<CsvRecord> records(Path file) throws IOException {
        try (CsvReader<CsvRecord> reader =
                CsvReader.builder().commentStrategy(CommentStrategy.SKIP).ofCsvRecord(Files.readString(file))) {
            return reader.stream().toList();
        }
    }
}
