package org.shuniu.handout;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.shuniu.contract.FrontEndColumn;
import org.shuniu.contract.FrontEndTables;
import org.shuniu.partner.Partner;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Rows of a front-end database. */
record TableForm(Office office) implements WireForm {

    private static final Pattern STANDARD = Pattern.compile("^(.*? — GB/T [0-9-]+ table [0-9]+).*", Pattern.DOTALL);
    private static final Map<String, String> NOTATIONS = Map.of(
            "timestamp", "\\d{4}-\\d{2}-\\d{2} \\d{2}:\\d{2}:\\d{2}(\\.\\d{1,6})?",
            "date", "\\d{4}-\\d{2}-\\d{2}",
            "smallint", "\\d{1,4}");

    @Override
    public Map<String, String> schemas() {
        return Map.of(FrontEndTables.FILE, definitions(), "columns.csv", columnList());
    }

    /** Where somebody has written them otherwise, that is what is there. */
    private String definitions() {
        Path written = office.folder().resolve(FrontEndTables.FILE);
        if (!Files.isRegularFile(written)) {
            return tables().definitions()
                    + "\n"
                    + tables().grants(office.partner()
                            .database()
                            .map(Partner.Database::username)
                            .orElse("hub"));
        }
        try {
            return Files.readString(written);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    FrontEndTables tables() {
        return new FrontEndTables(office.contract());
    }

    private String columnList() {
        return ColumnList.table(
                List.of("table", "column", "type", "required", "label", "standard", "written_by"),
                tables().columns().stream()
                        .map(column -> List.of(
                                column.table(),
                                column.name(),
                                column.type(),
                                column.required() ? "*" : "",
                                column.label(),
                                standard(column),
                                column.writer().name().toLowerCase(Locale.ROOT)))
                        .toList());
    }

    /** What the standard calls it, and in which of its tables; of an answer, what the hub takes it for. */
    private String standard(FrontEndColumn column) {
        if (column.table().equals(FrontEndTables.RESULT)) {
            return Optional.ofNullable(office.answers().fields().get(column.name()))
                    .map(said -> said.meaning().zh())
                    .orElse("");
        }
        return office.messages().stream()
                .filter(message -> message.document().equals(column.table()))
                .flatMap(message -> message.member(column.name()).stream())
                .findFirst()
                .map(member -> standard(column.table(), member.source()))
                .orElse("");
    }

    private String standard(String document, String source) {
        String description = source.startsWith("document.")
                ? office.mappings()
                        .canonical(document, source.substring("document.".length()))
                        .path("description")
                        .asString("")
                : "";
        return STANDARD.matcher(description).matches()
                ? STANDARD.matcher(description).replaceFirst("$1")
                : new Places(office.mappings()).of(document, source).zh();
    }

    @Override
    public Optional<String> misfit(Sample sample) {
        return InsertedRow.read(new String(sample.body(), StandardCharsets.UTF_8)).stream()
                .flatMap(row -> misfit(row).stream())
                .findFirst();
    }

    private Optional<String> misfit(InsertedRow row) {
        List<FrontEndColumn> columns = tables().columns().stream()
                .filter(column -> column.table().equals(row.table()))
                .toList();
        Set<String> names = columns.stream().map(FrontEndColumn::name).collect(Collectors.toSet());
        return row.values().keySet().stream()
                .filter(name -> !names.contains(name))
                .map(name -> "%s has no column %s".formatted(row.table(), name))
                .findFirst()
                .or(() -> columns.stream()
                        .flatMap(column -> misfit(column, row.values().get(column.name())).stream())
                        .findFirst());
    }

    private Optional<String> misfit(FrontEndColumn column, String value) {
        String place = column.table() + "." + column.name();
        if (value == null || value.isEmpty()) {
            return column.required() ? Optional.of(place + ": no value") : Optional.empty();
        }
        if (value.codePointCount(0, value.length()) > column.most().orElse(Integer.MAX_VALUE)) {
            return Optional.of("%s: longer than %s".formatted(place, column.type()));
        }
        if (!value.matches(NOTATIONS.getOrDefault(column.type(), "(?s).*"))) {
            return Optional.of("%s: no %s".formatted(place, column.type()));
        }
        boolean known = !column.table().equals(FrontEndTables.RESULT)
                || Optional.ofNullable(office.answers().fields().get(column.name()))
                        .filter(Said::closed)
                        .map(said -> said.codes().stream()
                                .anyMatch(code -> code.code().equals(value)))
                        .orElse(true);
        return known ? Optional.empty() : Optional.of(place + ": none of its codes");
    }

    @Override
    public String ending() {
        return "sql";
    }

    @Override
    public byte[] sent(byte[] body) {
        List<InsertedRow> rows = new ArrayList<>();
        JsonMapper.shared()
                .readTree(body)
                .properties()
                .forEach(table -> table.getValue().forEach(row -> rows.add(InsertedRow.of(table.getKey(), row))));
        return statements(rows);
    }

    /** Examples are rows as the hub reads them: with what the database and their reader have put there. */
    @Override
    public byte[] received(String text) {
        JsonNode read = JsonMapper.shared().readTree(text);
        ObjectNode row = (ObjectNode) read.path("row").deepCopy();
        tables().columns().stream()
                .filter(column -> column.writer() == FrontEndColumn.Writer.DATABASE
                        || column.writer() == FrontEndColumn.Writer.READER)
                .forEach(column -> row.remove(column.name()));
        return statements(List.of(InsertedRow.of(read.path("table").asString(""), row)));
    }

    /** How many rows the office's database took is told by itself. */
    @Override
    public boolean isSaid(String example) {
        return JsonMapper.shared().readTree(example).has("row");
    }

    @Override
    public JsonNode fields(String document, JsonNode written) {
        ObjectNode fields = JsonMapper.shared().createObjectNode();
        written.path(document).properties().forEach(column -> fields.set(column.getKey(), column.getValue()));
        written.properties().stream()
                .filter(table -> !table.getKey().equals(document))
                .forEach(table -> fields.set(table.getKey(), table.getValue()));
        return fields;
    }

    private static byte[] statements(List<InsertedRow> rows) {
        return rows.stream()
                .map(InsertedRow::statement)
                .collect(Collectors.joining("\n"))
                .getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String sentBy(String document) {
        return "insert into " + document;
    }

    @Override
    public String receivedBy(Occasion occasion) {
        return "insert into " + FrontEndTables.RESULT;
    }
}
