package org.shuniu.scaffold;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.shuniu.contract.Contract;
import org.shuniu.contract.ContractItem;

/** A department's rows of the catalogue: itself, its items, and that it decides them. What stands there already stays as it is. */
public final class CatalogueRows {

    private static final String SOURCE = "contract";

    private final Path catalogue;
    private final Contract contract;

    public CatalogueRows(Path mappings, Contract contract) {
        this.catalogue = mappings.resolve("catalogue");
        this.contract = contract;
    }

    /** Texts of the files that become others, by their names. */
    public Map<String, String> texts() {
        Map<String, String> texts = new TreeMap<>();
        add(texts, "departments.csv", "code", List.of(department()));
        add(
                texts,
                "items.csv",
                "item_code",
                contract.items().stream().map(this::item).toList());
        add(
                texts,
                "routing.csv",
                "item_code",
                contract.items().stream().map(this::assignment).toList());
        return texts;
    }

    /** Level of the city, item and the first handling. */
    static String handleCode(ContractItem item) {
        return "5" + item.code() + "01";
    }

    private Map<String, String> department() {
        return Map.of(
                "partner_id", contract.partner(),
                "code", contract.code(),
                "name_zh", contract.name().zh(),
                "office_zh", contract.office(),
                "name_en", contract.name().en(),
                "interface_style", contract.protocol().word(),
                "source", SOURCE,
                "valid_from", contract.since().toString());
    }

    private Map<String, String> item(ContractItem item) {
        Map<String, String> row = new TreeMap<>(Map.of(
                "item_code", item.code(),
                "handle_code", handleCode(item),
                "name_zh", item.name().zh(),
                "name_en", item.name().en(),
                "mode", "online",
                "acceptance", "citywide",
                "limit_working_days", String.valueOf(item.workingDays()),
                "fee", "no",
                "delta", "no"));
        row.putAll(Map.of(
                "name_source", SOURCE,
                "code_source", SOURCE,
                "valid_from", contract.since().toString()));
        return row;
    }

    private Map<String, String> assignment(ContractItem item) {
        return Map.of(
                "item_code", item.code(),
                "department", contract.code(),
                "source", SOURCE,
                "valid_from", contract.since().toString());
    }

    /** A key that has a row keeps it: who else decides the item, and until when, is for people to say. */
    private void add(Map<String, String> texts, String file, String key, List<Map<String, String>> rows) {
        Path path = catalogue.resolve(file);
        try (CsvReader<NamedCsvRecord> reader = CsvReader.builder().ofNamedCsvRecord(Files.newBufferedReader(path))) {
            List<NamedCsvRecord> known = reader.stream().toList();
            List<String> header = known.get(0).getHeader();
            List<Map<String, String>> missing = new ArrayList<>(rows);
            missing.removeIf(row ->
                    known.stream().anyMatch(record -> record.getField(key).equals(row.get(key))));
            if (!missing.isEmpty()) {
                StringBuilder text = new StringBuilder(Files.readString(path).stripTrailing()).append('\n');
                missing.forEach(row -> text.append(Csv.line(header.stream()
                        .map(column -> row.getOrDefault(column, ""))
                        .toList())));
                texts.put(file, text.toString());
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
