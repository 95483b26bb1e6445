package org.shuniu.simulator;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/** An office that works files by its contract, whatever their lines look like; it answers each file by one of the same form. */
final class ContractClerk implements FileClerk {

    static final Charset CHARSET = Charset.forName("GB18030");

    private static final Map<String, String> KINDS = Map.of("A", "application", "B", "supplement", "C", "withdrawal");

    /** Of its answers, whatever their form. */
    private static final List<String> COLUMNS = List.of(
            "requestNo",
            "caseNo",
            "state",
            "stateTime",
            "handler",
            "text",
            "officeNo",
            "certificateName",
            "certificateNo");

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
        byte[] wrong = lines.write(number, answers, answers.size() + 1);
        return List.of(new AnswerFile(
                lines.answerTo(number),
                fault.is(FaultKind.WRONG_CHARSET) ? new String(file, CHARSET).getBytes(StandardCharsets.UTF_8) : file,
                wrong,
                false));
    }

    /** Nothing to what only follows an application, and nothing of what it says it took and lost. */
    private List<List<String>> answer(Map<String, String> line, Fault fault) {
        UnaryOperator<String> values = name -> line.getOrDefault(name, "");
        String document = KINDS.get(values.apply("kind"));
        Optional<String> wrong = document == null ? Optional.of("业务类型无效") : desk.wrong(document, values);
        if (wrong.isPresent()) {
            return List.of(row(desk.notUnderstood(values.apply("requestNo"), values.apply("caseNo"), wrong.get())));
        }
        LedgerEntry entry = desk.work(document, values, fault);
        if (entry.effect() != Effect.APPLICATION
                || desk.ledger().find(entry.messageId()).isEmpty()) {
            return List.of();
        }
        Map<String, String> decided = desk.decided(entry, entry.at());
        if (fault.is(FaultKind.GARBAGE)) {
            decided.put("state", "锟斤拷");
        }
        return List.of(row(decided));
    }

    private static List<String> row(Map<String, String> said) {
        return COLUMNS.stream().map(column -> said.getOrDefault(column, "")).toList();
    }
}
