package org.shuniu.simulator;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.shuniu.contract.Contract;

/** Lines of fixed width in bytes of GB18030, between a first line with number and day and a last one that counts them. */
final class ContractWidths implements ContractLines {

    private static final List<Integer> ANSWER = List.of(36, 50, 8, 19, 60, 400, 50, 100, 50);
    private static final Pattern NAMES = Pattern.compile("SQ\\d{10}\\.TXT");
    private static final String LINE_END = "\r\n";

    private final Map<String, Integer> widths = new LinkedHashMap<>(Map.of("kind", 1));
    private final int width;

    ContractWidths(Contract contract) {
        Contract.DOCUMENTS.forEach(
                document -> contract.of(document).forEach(field -> widths.putIfAbsent(field.name(), field.most())));
        this.width = widths.values().stream().mapToInt(Integer::intValue).sum();
    }

    @Override
    public Pattern names() {
        return NAMES;
    }

    @Override
    public String marker() {
        return "";
    }

    @Override
    public String answerTo(String number) {
        return "JG" + number + ".TXT";
    }

    /** Whoever can't count bytes is not worked at all. */
    @Override
    public List<Map<String, String>> read(String number, byte[] content) {
        List<String> lines = new String(content, ContractClerk.CHARSET).lines().toList();
        if (lines.size() < 2
                || !lines.get(0).startsWith("H" + number)
                || !lines.get(lines.size() - 1).equals("T%08d".formatted(lines.size() - 2))) {
            return List.of();
        }
        List<byte[]> rows = lines.subList(1, lines.size() - 1).stream()
                .map(line -> line.getBytes(ContractClerk.CHARSET))
                .toList();
        return rows.stream().allMatch(row -> row.length == width)
                ? rows.stream().map(this::named).toList()
                : List.of();
    }

    private Map<String, String> named(byte[] row) {
        Map<String, String> values = new LinkedHashMap<>();
        int at = 0;
        for (Map.Entry<String, Integer> column : widths.entrySet()) {
            byte[] value = Arrays.copyOfRange(row, at, at + column.getValue());
            values.put(column.getKey(), new String(value, ContractClerk.CHARSET).strip());
            at += column.getValue();
        }
        return values;
    }

    @Override
    public byte[] write(String number, List<List<String>> answers, int count) {
        List<String> lines = new ArrayList<>();
        lines.add("H" + number + CityTime.now().format(CityTime.PACKED).substring(0, 8));
        answers.forEach(answer -> lines.add(line(answer)));
        lines.add("T%08d".formatted(count));
        return lines.stream()
                .collect(Collectors.joining(LINE_END, "", LINE_END))
                .getBytes(ContractClerk.CHARSET);
    }

    private static String line(List<String> values) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < values.size(); i++) {
            int length = values.get(i).getBytes(ContractClerk.CHARSET).length;
            line.append(values.get(i)).append(" ".repeat(ANSWER.get(i) - length));
        }
        return line.toString();
    }
}
