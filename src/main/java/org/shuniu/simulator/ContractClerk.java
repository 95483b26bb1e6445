package org.shuniu.simulator;

import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/** An office that works files by its contract, whatever their lines look like; it answers each file by one of the same form. */
final class ContractClerk implements FileClerk {

    static final Charset CHARSET = Charset.forName("GB18030");

    private static final Map<String, String> KINDS = Map.of("A", "application", "B", "supplement", "C", "withdrawal");

    private final ContractDesk desk;
    private final ContractLines lines;

    ContractClerk(ContractDesk desk, ContractLines lines) {
        this.desk = desk;
        this.lines = lines;
    }

    @Override
    public Pattern names() {
        return lines.names();
    }

    @Override
    public String marker() {
        return lines.marker();
    }

    @Override
    public List<AnswerFile> work(String name, byte[] content, Fault fault) {
        String number = name.replaceAll("\\D", "");
        List<List<String>> answers = new ArrayList<>();
        for (Map<String, String> line : lines.read(number, content)) {
            answers.addAll(answer(line, fault));
        }
        if (answers.isEmpty()) {
            return List.of();
        }
        byte[] file = lines.write(number, answers, answers.size());
        return List.of(
                new AnswerFile(lines.answerTo(number), file, lines.write(number, answers, answers.size() + 1), false));
    }

    /** Nothing to what only follows an application, and nothing of what it says it took and lost. */
    private List<List<String>> answer(Map<String, String> line, Fault fault) {
        UnaryOperator<String> values = name -> line.getOrDefault(name, "");
        String document = KINDS.get(values.apply("kind"));
        if (document == null || desk.wrong(document, values).isPresent()) {
            return List.of(List.of(
                    values.apply("requestNo"),
                    values.apply("caseNo"),
                    "INVALID",
                    CityTime.now().format(CityTime.SPACED),
                    "经办一",
                    document == null ? "业务类型无效" : desk.wrong(document, values).orElseThrow(),
                    "",
                    "",
                    ""));
        }
        LedgerEntry entry = desk.work(document, values, fault);
        boolean silent = entry.effect() != Effect.APPLICATION
                || desk.ledger().find(entry.messageId()).isEmpty();
        return silent ? List.of() : List.of(decided(entry, fault));
    }

    private List<String> decided(LedgerEntry entry, Fault fault) {
        return List.of(
                entry.messageId(),
                entry.caseNo(),
                fault.is(FaultKind.GARBAGE) ? "锟斤拷" : entry.refused() ? "REFUSED" : "DONE",
                entry.at().format(CityTime.SPACED),
                "经办一",
                ContractDesk.opinion(entry),
                desk.officeNo(entry),
                entry.refused() ? "" : "办理结果通知书",
                desk.certificateNo(entry).orElse(""));
    }
}
