package org.shuniu.simulator;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.shuniu.contract.Contract;

/** CSV in GB18030 whose first line names the columns, with a marker beside each file. */
final class ContractCsv implements ContractLines {

    private static final List<String> ANSWER =
            List.of("报文编号", "办件编号", "状态", "办理时间", "经办人", "意见", "业务编号", "证照名称", "证照编号");
    private static final Pattern NAMES = Pattern.compile("SQ\\d+\\.csv");
    private static final String LINE_END = "\r\n";

    /** Names of fields by the columns' own. */
    private final Map<String, String> fields = new HashMap<>(Map.of("业务类型", "kind"));

    ContractCsv(Contract contract) {
        Contract.DOCUMENTS.forEach(
                document -> contract.of(document).forEach(field -> fields.putIfAbsent(field.label(), field.name())));
    }

    @Override
    public Pattern names() {
        return NAMES;
    }

    @Override
    public String marker() {
        return ".ok";
    }

    @Override
    public String answerTo(String number) {
        return "JG" + number + ".csv";
    }

    @Override
    public List<Map<String, String>> read(String number, byte[] content) {
        try (CsvReader<NamedCsvRecord> reader =
                CsvReader.builder().ofNamedCsvRecord(new String(content, ContractClerk.CHARSET))) {
            return reader.stream().map(this::named).toList();
        } catch (CsvParseException cutOff) {
            return List.of();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private Map<String, String> named(NamedCsvRecord row) {
        Map<String, String> values = new HashMap<>();
        row.getFieldsAsMap().forEach((column, value) -> values.put(fields.getOrDefault(column, column), value));
        return values;
    }

    @Override
    public byte[] write(String number, List<List<String>> answers, int count) {
        return Stream.concat(Stream.of(ANSWER), answers.stream())
                .map(row -> row.stream()
                        .map(value -> "\"" + value.replace("\"", "\"\"") + "\"")
                        .collect(Collectors.joining(",")))
                .collect(Collectors.joining(LINE_END, "", LINE_END))
                .getBytes(ContractClerk.CHARSET);
    }
}
