package org.shuniu.handout;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.shuniu.contract.ContractProtocol;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What offices that exchange files get as tables of columns, read here as a program of theirs would. */
class FileHandoutTest {

    private static final Charset GB18030 = Charset.forName("GB18030");

    @Test
    void describesTheColumnsOfCsv() {
        Made made = Made.of(ContractProtocol.SFTP_CSV);
        assertThat(made.faults()).isEmpty();

        Map<String, byte[]> sent = made.samples(name -> name.contains("/sent/"));
        Map<String, byte[]> answers = made.samples(name -> name.contains("/answers/"));
        assertThat(sent).hasSize(4);
        assertThat(answers).hasSize(4);
        sent.forEach((name, file) -> assertThat(wrong(metadata(made, "requests"), row(file), "kind"))
                .as(name)
                .isEmpty());
        answers.forEach((name, file) -> assertThat(wrong(metadata(made, "results"), row(file), "state"))
                .as(name)
                .isEmpty());
    }

    @Test
    void saysWhichRowsOfCsvAreWrong() {
        Made made = Made.of(ContractProtocol.SFTP_CSV);
        JsonNode sent = metadata(made, "requests");
        Map<String, String> application = row(made.files().get("samples/sent/application.online.csv"));
        JsonNode received = metadata(made, "results");
        Map<String, String> result = row(made.files().get("samples/answers/by-itself.done.csv"));

        assertThat(wrong(sent, with(application, "报文编号", ""), "kind")).containsExactly("报文编号");
        assertThat(wrong(sent, with(application, "姓名", ""), "kind")).containsExactly("姓名");
        assertThat(wrong(sent, with(application, "姓名", "名".repeat(61)), "kind")).containsExactly("姓名");
        assertThat(wrong(sent, with(application, "证件类型", "07"), "kind")).containsExactly("证件类型");
        assertThat(wrong(sent, with(application, "业务类型", "D"), "kind")).contains("业务类型");
        assertThat(wrong(sent, with(application, "申请时间", "24.11.2026"), "kind")).containsExactly("申请时间");
        assertThat(wrong(received, with(result, "状态", "FINISHED"), "state")).contains("状态");
        assertThat(wrong(received, with(result, "办件编号", ""), "state")).containsExactly("办件编号");
        assertThat(wrong(received, with(result, "办理时间", ""), "state")).containsExactly("办理时间");
        assertThat(wrong(received, with(result, "业务编号", "9".repeat(51)), "state"))
                .containsExactly("业务编号");
    }

    @Test
    void describesTheColumnsOfFixedWidth() {
        Made made = Made.of(ContractProtocol.FIXED_WIDTH);
        assertThat(made.faults()).isEmpty();

        Map<String, byte[]> sent = made.samples(name -> name.contains("/sent/"));
        Map<String, byte[]> answers = made.samples(name -> name.contains("/answers/"));
        assertThat(sent).hasSize(4);
        assertThat(answers).hasSize(4);
        sent.forEach((name, file) -> assertThat(wrongLine(columns(made, "requests"), line(file), "kind"))
                .as(name)
                .isEmpty());
        answers.forEach((name, file) -> assertThat(wrongLine(columns(made, "results"), line(file), "state"))
                .as(name)
                .isEmpty());
    }

    @Test
    void saysWhichLinesOfFixedWidthAreWrong() {
        Made made = Made.of(ContractProtocol.FIXED_WIDTH);
        List<NamedCsvRecord> sent = columns(made, "requests");
        byte[] application = line(made.files().get("samples/sent/application.online.txt"));
        List<NamedCsvRecord> received = columns(made, "results");
        byte[] result = line(made.files().get("samples/answers/by-itself.done.txt"));

        assertThat(wrongLine(sent, written(sent, application, "requestNo", ""), "kind"))
                .containsExactly("requestNo");
        assertThat(wrongLine(sent, written(sent, application, "certType", "07"), "kind"))
                .containsExactly("certType");
        assertThat(wrongLine(sent, Arrays.copyOf(application, application.length + 1), "kind"))
                .contains("length");
        assertThat(wrongLine(received, written(received, result, "state", "FINISHED"), "state"))
                .contains("state");
        assertThat(wrongLine(received, written(received, result, "stateTime", ""), "state"))
                .containsExactly("stateTime");
    }

    /** A file as it lies on the server: its first and last line are there, and the count is right. */
    @Test
    void hasWholeFilesAsSamples() {
        Made made = Made.of(ContractProtocol.FIXED_WIDTH);

        made.samples(name -> true).forEach((name, file) -> {
            List<String> lines = new String(file, GB18030).lines().toList();
            assertThat(lines).as(name).hasSize(3);
            assertThat(lines.get(0)).matches("H0{9}120261124");
            assertThat(lines.get(2)).isEqualTo("T00000001");
        });
    }

    private static JsonNode metadata(Made made, String way) {
        JsonNode metadata =
                JsonMapper.shared().readTree(made.files().get("schema/%s.csv-metadata.json".formatted(way)));
        assertThat(metadata.path("dialect").path("encoding").asString("")).isEqualTo("GB18030");
        return metadata;
    }

    private static Map<String, String> row(byte[] file) {
        try (CsvReader<NamedCsvRecord> reader = CsvReader.builder().ofNamedCsvRecord(new String(file, GB18030))) {
            return reader.stream().toList().get(0).getFieldsAsMap();
        } catch (IOException never) {
            throw new AssertionError(never);
        }
    }

    private static Map<String, String> with(Map<String, String> row, String column, String value) {
        assertThat(row).containsKey(column);
        Map<String, String> other = new LinkedHashMap<>(row);
        other.put(column, value);
        return other;
    }

    /** The columns of a row that are not as described. */
    private static List<String> wrong(JsonNode metadata, Map<String, String> row, String deciding) {
        List<String> wrong = new ArrayList<>();
        JsonNode columns = metadata.path("tableSchema").path("columns");
        String kind = columns.valueStream()
                .filter(column -> column.path("name").asString("").equals(deciding))
                .map(column -> row.getOrDefault(column.path("titles").asString(""), ""))
                .findFirst()
                .orElseThrow();
        for (JsonNode column : columns) {
            String title = column.path("titles").asString("");
            String value = row.getOrDefault(title, "");
            JsonNode type = column.path("datatype");
            boolean needed = column.path("required").asBoolean(false)
                    || isNeeded(column.path("urn:shuniu:required-where").asString(""), deciding, kind);
            boolean fits = value.isEmpty()
                    ? !needed
                    : value.length() <= type.path("maxLength").asInt(Integer.MAX_VALUE)
                            && value.matches(type.path("format").asString(".*"));
            if (!fits) {
                wrong.add(title);
            }
        }
        return wrong;
    }

    /** @param where such as {@code kind=A|C} */
    private static boolean isNeeded(String where, String deciding, String kind) {
        return where.startsWith(deciding + "=")
                && Set.of(where.substring(deciding.length() + 1).split("\\|")).contains(kind);
    }

    private static List<NamedCsvRecord> columns(Made made, String way) {
        try (CsvReader<NamedCsvRecord> reader =
                CsvReader.builder().ofNamedCsvRecord(made.text("schema/%s.columns.csv".formatted(way)))) {
            return reader.stream().toList();
        } catch (IOException never) {
            throw new AssertionError(never);
        }
    }

    /** Between the first and the last one. */
    private static byte[] line(byte[] file) {
        return new String(file, GB18030).lines().toList().get(1).getBytes(GB18030);
    }

    private static byte[] written(List<NamedCsvRecord> columns, byte[] line, String name, String value) {
        byte[] other = line.clone();
        NamedCsvRecord column = columns.stream()
                .filter(one -> one.getField("column").equals(name))
                .findFirst()
                .orElseThrow();
        byte[] filled = Arrays.copyOf(value.getBytes(GB18030), width(column));
        for (int i = value.getBytes(GB18030).length; i < filled.length; i++) {
            filled[i] = ' ';
        }
        System.arraycopy(filled, 0, other, from(column), filled.length);
        return other;
    }

    private static List<String> wrongLine(List<NamedCsvRecord> columns, byte[] line, String deciding) {
        List<String> wrong = new ArrayList<>();
        NamedCsvRecord last = columns.get(columns.size() - 1);
        if (line.length != from(last) + width(last)) {
            wrong.add("length");
        }
        Map<String, String> values = new LinkedHashMap<>();
        int at = 0;
        for (NamedCsvRecord column : columns) {
            assertThat(from(column)).as(column.getField("column")).isEqualTo(at);
            at += width(column);
            values.put(
                    column.getField("column"),
                    new String(Arrays.copyOfRange(line, from(column), from(column) + width(column)), GB18030).strip());
        }
        for (NamedCsvRecord column : columns) {
            String value = values.get(column.getField("column"));
            boolean needed = column.getField("required").equals("*")
                    || isNeeded(column.getField("required"), deciding, values.get(deciding));
            Set<String> codes = Set.of(column.getField("codes").split("\\|"));
            boolean fits = value.isEmpty() ? !needed : column.getField("codes").isEmpty() || codes.contains(value);
            if (!fits) {
                wrong.add(column.getField("column"));
            }
        }
        return wrong;
    }

    private static int from(NamedCsvRecord column) {
        return Integer.parseInt(column.getField("from")) - 1;
    }

    private static int width(NamedCsvRecord column) {
        return Integer.parseInt(column.getField("bytes"));
    }
}
