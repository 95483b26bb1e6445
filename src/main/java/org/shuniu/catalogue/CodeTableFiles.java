package org.shuniu.catalogue;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.shuniu.catalogue.CodeTable.Code;
import org.shuniu.fault.Fault;

/** Reads the files that are code tables; a file with a column {@code set} holds several. */
final class CodeTableFiles {
    private static final List<String> FILES =
            List.of("case-status", "certificates", "education", "ethnic", "id-types", "marital", "sex");
    private static final List<String> COLUMNS = List.of("code", "name_zh", "name_en", "valid_from", "valid_to");

    private final Path folder;
    private final List<Fault> faults;
    private final Map<String, Timeline<Code>> tables = new HashMap<>();

    CodeTableFiles(Path folder, List<Fault> faults) {
        this.folder = folder;
        this.faults = faults;
    }

    Map<String, CodeTable> read() {
        FILES.forEach(this::read);
        reference("fields.csv", "set", "field", "length_or_format", "valid_from", "valid_to");
        Map<String, CodeTable> named = new HashMap<>();
        tables.forEach((name, codes) -> named.put(name, new CodeTable(name, codes)));
        return named;
    }

    private void read(String name) {
        for (Row row : CatalogueFile.read(folder, name + ".csv", COLUMNS, faults)) {
            String set = row.text("set");
            Timeline<Code> codes =
                    tables.computeIfAbsent(set.isEmpty() ? name : name + "." + set, n -> new Timeline<>());
            if (!codes.add(row.text("code"), code(row))) {
                row.fault("code", "a code that no other line has on the same day");
            }
        }
    }

    private static Code code(Row row) {
        row.pattern("number_format");
        return new Code(
                row.name("code"),
                row.name("name_zh"),
                row.name("name_en"),
                row.columns(),
                row.validFrom(),
                row.validTo());
    }

    private void reference(String file, String... columns) {
        for (Row row : CatalogueFile.read(folder, file, List.of(columns), faults)) {
            row.validFrom();
            row.validTo();
        }
    }
}
