package org.shuniu.simulator;

import java.nio.charset.Charset;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The federation of trade unions: CSV in GB18030 with every value quoted, each file with a marker beside it. What it
 * can't work comes back in a file of its own, later. Its clerks open files in Excel.
 */
final class TradeUnionSimulator implements FileClerk {
    private static final Charset CHARSET = Charset.forName("GB18030");
    private static final Pattern NAMES = Pattern.compile("GH(\\d+)\\.csv");
    private static final Pattern VALUE = Pattern.compile("\"((?:[^\"]|\"\")*)\"");
    private static final String LINE_END = "\r\n";
    private static final Map<String, Effect> KINDS =
            Map.of("申请", Effect.APPLICATION, "补正", Effect.SUPPLEMENT, "撤回", Effect.WITHDRAWAL);
    private static final List<String> RESULT = List.of("办件编号", "报文编号", "姓名", "证件号码", "状态", "办结时间", "经办人", "意见", "凭证号");
    private static final List<String> REJECTED = List.of("行号", "办件编号", "报文编号", "姓名", "证件号码", "错误代码", "错误说明", "退回时间");

    private static final List<String> COUNT = List.of("报文编号", "办件编号", "流水号", "受理时间", "办结");

    /** A row of the hub's file, by the names of its columns. */
    private record Row(int line, Map<String, String> values) {
        String value(String column) {
            return values.getOrDefault(column, "");
        }

        boolean asksFor(String word) {
            return value("备注").contains(word);
        }
    }

    private final Ledger ledger;
    /** Messages whose citizens have something to add. */
    private final Set<String> incomplete = ConcurrentHashMap.newKeySet();

    TradeUnionSimulator(Ledger ledger) {
        this.ledger = ledger;
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
    public List<AnswerFile> work(String name, byte[] content, Fault fault) {
        List<List<String>> results = new ArrayList<>();
        List<List<String>> rejected = new ArrayList<>();
        for (Row row : rows(new String(content, CHARSET))) {
            Effect effect = KINDS.get(row.value("业务类型"));
            boolean refused = row.asksFor("REJECT") || row.asksFor("REFUSE");
            if (notUnderstood(row, fault)) {
                rejected.add(rejected(row, "B90", fault));
                continue;
            }
            LedgerEntry entry = ledger.once(row.value("报文编号"), row.value("办件编号"), effect, refused, fault);
            if (ledger.find(entry.messageId()).isEmpty()) {
                continue;
            }
            String code = rejection(row);
            if (code.equals("B51")) {
                incomplete.add(entry.messageId());
            }
            if (!code.isEmpty()) {
                rejected.add(rejected(row, code, fault));
            } else if (effect == Effect.APPLICATION) {
                results.add(result(row, entry, fault));
            }
        }
        String number = name.replaceAll("\\D", "");
        List<AnswerFile> answers = new ArrayList<>();
        add(answers, "GHR" + number + ".csv", RESULT, results, fault, false);
        add(answers, "GHB" + number + ".csv", REJECTED, rejected, fault, true);
        return answers;
    }

    @Override
    public Optional<AnswerFile> count() {
        OffsetDateTime now = CityTime.now();
        List<List<String>> rows =
                ledger.worked(now.minusDays(2), now).stream().map(this::counted).toList();
        byte[] content = file(COUNT, rows, Fault.none());
        String day = now.format(CityTime.PACKED).substring(0, 8);
        return Optional.of(new AnswerFile("GHD" + day + ".csv", content, content, false));
    }

    private List<String> counted(Ledger.Worked worked) {
        LedgerEntry entry = worked.entry();
        return List.of(
                entry.messageId(),
                entry.caseNo(),
                worked.serial("GH-S-"),
                entry.at().format(CityTime.SPACED),
                incomplete.contains(entry.messageId()) ? "否" : "是");
    }

    /** Whose number was damaged here is told that it is wrong; nothing is done with it. */
    private static boolean notUnderstood(Row row, Fault fault) {
        return row.asksFor("DAMAGED") && fault.is(FaultKind.EXCEL);
    }

    private static String rejection(Row row) {
        if (row.asksFor("REJECT")) {
            return "B01";
        }
        if (row.asksFor("CORRECT")) {
            return "B51";
        }
        return "";
    }

    private static List<String> result(Row row, LedgerEntry entry, Fault fault) {
        boolean excel = fault.is(FaultKind.EXCEL);
        return List.of(
                entry.caseNo(),
                entry.messageId(),
                row.value("姓名"),
                number(row, excel),
                fault.is(FaultKind.GARBAGE) ? "锟斤拷" : entry.refused() ? "不予给付" : "已办结",
                excel ? "2026/11/24 10:15" : entry.at().format(CityTime.SPACED),
                "经办五",
                entry.refused() ? "不符合给付条件" : "同意给付",
                entry.refused() ? "" : Fingerprint.of("GH-C-", entry.messageId(), 12));
    }

    private static List<String> rejected(Row row, String code, Fault fault) {
        return List.of(
                Integer.toString(row.line()),
                row.value("办件编号"),
                row.value("报文编号"),
                row.value("姓名"),
                number(row, fault.is(FaultKind.EXCEL)),
                code,
                switch (code) {
                    case "B01" -> "非参保会员";
                    case "B51" -> "缺少住院证明";
                    default -> "证件号码无效";
                },
                CityTime.now().format(CityTime.SPACED));
    }

    /** What Excel makes of eighteen digits. */
    private static String number(Row row, boolean excel) {
        String number = row.value("证件号码");
        return excel && number.length() == 18
                ? "%s.%sE+17".formatted(number.substring(0, 1), number.substring(1, 6))
                : number;
    }

    private static void add(
            List<AnswerFile> answers,
            String name,
            List<String> header,
            List<List<String>> rows,
            Fault fault,
            boolean late) {
        if (!rows.isEmpty()) {
            byte[] content = file(header, rows, fault);
            answers.add(new AnswerFile(name, content, content, late));
        }
    }

    private static byte[] file(List<String> header, List<List<String>> rows, Fault fault) {
        return Stream.concat(Stream.of(header), rows.stream())
                .map(row -> line(row, fault))
                .collect(Collectors.joining(LINE_END, "", LINE_END))
                .getBytes(CHARSET);
    }

    private static String line(List<String> values, Fault fault) {
        if (fault.is(FaultKind.EXCEL)) {
            return values.stream().map(TradeUnionSimulator::asExcelQuotes).collect(Collectors.joining(","));
        }
        boolean raw = fault.is(FaultKind.RAW_QUOTES);
        return values.stream()
                .map(value -> "\"" + (raw ? value : value.replace("\"", "\"\"")) + "\"")
                .collect(Collectors.joining(","));
    }

    private static String asExcelQuotes(String value) {
        return value.contains(",") || value.contains("\"") ? "\"" + value.replace("\"", "\"\"") + "\"" : value;
    }

    private static List<Row> rows(String text) {
        List<List<String>> lines = text.lines().map(TradeUnionSimulator::values).toList();
        List<Row> rows = new ArrayList<>();
        for (int i = 1; i < lines.size(); i++) {
            Map<String, String> values = new java.util.HashMap<>();
            for (int column = 0; column < lines.get(0).size(); column++) {
                values.put(lines.get(0).get(column), lines.get(i).get(column));
            }
            rows.add(new Row(i, values));
        }
        return rows;
    }

    private static List<String> values(String line) {
        return VALUE.matcher(line)
                .results()
                .map(found -> found.group(1).replace("\"\"", "\""))
                .toList();
    }
}
