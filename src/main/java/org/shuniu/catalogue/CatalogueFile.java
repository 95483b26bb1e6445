package org.shuniu.catalogue;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.shuniu.fault.Fault;

/** Reads one CSV file of the catalogue: UTF-8, a header line, every line as long as the header. */
final class CatalogueFile {
    private final String name;
    private final List<Fault> faults;

    private CatalogueFile(String name, List<Fault> faults) {
        this.name = name;
        this.faults = faults;
    }

    static List<Row> read(Path folder, String name, List<String> columns, List<Fault> faults) {
        return new CatalogueFile(name, faults).rows(folder.resolve(name), columns);
    }

    private List<Row> rows(Path path, List<String> columns) {
        List<CsvRecord> records = records(path);
        if (records.isEmpty()) {
            return List.of();
        }
        List<String> header = records.get(0).getFields();
        for (String column : columns) {
            if (!header.contains(column)) {
                faults.add(new Fault(name, 1, column, "found no such column", "it in the header"));
            }
        }
        return header.containsAll(columns) ? rows(header, records.subList(1, records.size())) : List.of();
    }

    private List<Row> rows(List<String> header, List<CsvRecord> records) {
        List<Row> rows = new ArrayList<>(records.size());
        for (CsvRecord record : records) {
            long line = record.getStartingLineNumber();
            if (record.getFieldCount() == header.size()) {
                rows.add(new Row(name, line, columns(header, record), faults));
            } else {
                faults.add(new Fault(
                        name,
                        line,
                        "",
                        "found %d fields".formatted(record.getFieldCount()),
                        "%d fields as in line 1".formatted(header.size())));
            }
        }
        return rows;
    }

    private static Map<String, String> columns(List<String> header, CsvRecord record) {
        Map<String, String> columns = new LinkedHashMap<>();
        for (int i = 0; i < header.size(); i++) {
            columns.put(header.get(i), record.getField(i));
        }
        return columns;
    }

    private List<CsvRecord> records(Path path) {
        CsvReader.CsvReaderBuilder builder =
                CsvReader.builder().allowExtraFields(true).allowMissingFields(true);
        try (CsvReader<CsvRecord> reader = builder.ofCsvRecord(text(path))) {
            List<CsvRecord> records = reader.stream().toList();
            if (records.isEmpty()) {
                faults.add(new Fault(name, 1, "", "found nothing", "a header line"));
            }
            return records;
        } catch (CharacterCodingException otherCharset) {
            Fault fault = Fault.ofBytes(path);
            faults.add(new Fault(name, fault.line(), fault.place(), fault.reason(), fault.cure()));
        } catch (CsvParseException malformed) {
            faults.add(new Fault(
                    name,
                    CsvLines.of(malformed),
                    "",
                    "found a row that can't be read",
                    "fields apart by commas, quotes closed, a quote within quotes doubled"));
        } catch (IOException unreadable) {
            faults.add(new Fault(name, 0, "", "found no file", "a CSV file in UTF-8"));
        }
        return List.of();
    }

    private String text(Path path) throws IOException {
        String text = Files.readString(path);
        if (!text.startsWith(CsvLines.BYTE_ORDER_MARK)) {
            return text;
        }
        faults.add(Fault.of(Path.of(name), 1, "", CsvLines.MARKED));
        return text.substring(1);
    }
}
