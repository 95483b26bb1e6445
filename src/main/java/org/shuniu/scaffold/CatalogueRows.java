package org.shuniu.scaffold;

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
import org.shuniu.fault.Fault;

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

    /** What is another's already: the code of a department, or an item on a day on which this one is to decide it. */
    public List<Fault> taken() {
        List<Fault> faults = new ArrayList<>();
        for (NamedCsvRecord row : rows("departments.csv")) {
            if (row.getField("code").equals(contract.code())
                    && !row.getField("partner_id").equals(contract.partner())) {
                faults.add(fault(
                        "departments.csv",
                        row,
                        "code %s is that of %s".formatted(contract.code(), row.getField("partner_id")),
                        "a code that is free"));
            }
        }
        for (NamedCsvRecord row : rows("routing.csv")) {
            boolean ended = !row.getField("valid_to").isEmpty()
                    && row.getField("valid_to").compareTo(contract.since().toString()) < 0;
            if (!ended
                    && !row.getField("department").equals(contract.code())
                    && contract.items().stream().anyMatch(item -> item.code().equals(row.getField("item_code")))) {
                faults.add(fault(
                        "routing.csv",
                        row,
                        "%s decides item %s".formatted(row.getField("department"), row.getField("item_code")),
                        "an item of its own, or a valid_to before " + contract.since()));
            }
        }
        return faults;
    }

    private Fault fault(String file, NamedCsvRecord row, String reason, String cure) {
        return new Fault(catalogue.resolve(file).toString(), row.getStartingLineNumber(), "", reason, cure);
    }

    private List<NamedCsvRecord> rows(String file) {
        return Csv.rows(catalogue.resolve(file));
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
        List<NamedCsvRecord> known = rows(file);
        List<String> header = known.get(0).getHeader();
        List<Map<String, String>> missing = new ArrayList<>(rows);
        missing.removeIf(row -> known.stream().anyMatch(record -> isThere(record, key, row)));
        if (missing.isEmpty()) {
            return;
        }
        try {
            StringBuilder text =
                    new StringBuilder(Files.readString(catalogue.resolve(file)).stripTrailing()).append('\n');
            missing.forEach(row -> text.append(Csv.line(
                    header.stream().map(column -> row.getOrDefault(column, "")).toList())));
            texts.put(file, text.toString());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** A row that has ended before is none. */
    private static boolean isThere(NamedCsvRecord known, String key, Map<String, String> row) {
        String end = known.getField("valid_to");
        return known.getField(key).equals(row.get(key)) && (end.isEmpty() || end.compareTo(row.get("valid_from")) >= 0);
    }
}
