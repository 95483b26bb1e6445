package org.shuniu.simulator;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The grain and material reserves bureau: one file a night each way, of lines whose columns are counted in bytes of
 * GB18030, between a first line and a last one that counts them. A file that is not exactly so is thrown away whole.
 */
final class GrainSimulator implements FileClerk {
    private static final Charset CHARSET = Charset.forName("GB18030");
    private static final Pattern NAMES = Pattern.compile("LS(\\d{10})\\.TXT");
    private static final String LINE_END = "\r\n";
    private static final int WIDTH = 399;
    private static final int MESSAGE = 1;
    private static final int CASE = 37;
    private static final int REMARK = 199;
    private static final Map<Byte, Effect> KINDS =
            Map.of((byte) 'A', Effect.APPLICATION, (byte) 'B', Effect.SUPPLEMENT, (byte) 'C', Effect.WITHDRAWAL);

    private final Ledger ledger;

    GrainSimulator(Ledger ledger) {
        this.ledger = ledger;
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
    public List<AnswerFile> work(String name, byte[] content, Fault fault) {
        List<byte[]> lines = lines(content);
        String number = name.substring(2, 12);
        if (!isSound(number, lines)) {
            return List.of();
        }
        List<String> answers = new ArrayList<>();
        for (byte[] line : lines.subList(1, lines.size() - 1)) {
            Effect effect = KINDS.get(line[0]);
            boolean refused = text(line, REMARK, 200).contains("REFUSE");
            if (notUnderstood(line, fault)) {
                answers.add(sentBack(line));
                continue;
            }
            boolean loses = fault.is(FaultKind.LOSES)
                    && ledger.find(text(line, MESSAGE, 36)).isEmpty();
            LedgerEntry entry = ledger.once(text(line, MESSAGE, 36), text(line, CASE, 32), effect, refused, fault);
            if (effect == Effect.APPLICATION && !loses) {
                answers.add(answer(entry, fault));
            }
        }
        return answers.isEmpty() ? List.of() : List.of(file(number, answers));
    }

    @Override
    public Optional<AnswerFile> count() {
        OffsetDateTime now = CityTime.now();
        String day = now.format(CityTime.PACKED).substring(0, 8);
        List<String> lines = ledger.worked(now.minusDays(2), now).stream()
                .map(GrainSimulator::counted)
                .toList();
        List<String> file = new ArrayList<>(lines);
        file.add(0, "HDS" + day);
        file.add("T%08d".formatted(lines.size()));
        byte[] content = (String.join(LINE_END, file) + LINE_END).getBytes(CHARSET);
        return Optional.of(new AnswerFile("LSD" + day + ".TXT", content, content, false));
    }

    private static String counted(Ledger.Worked worked) {
        LedgerEntry entry = worked.entry();
        return column(entry.messageId(), 36, true)
                + column(entry.caseNo(), 32, true)
                + column(worked.serial("LS-S-"), 24, true)
                + entry.at().format(CityTime.PACKED)
                + "1";
    }

    /** Whoever can't count bytes is not worked at all. */
    private static boolean isSound(String number, List<byte[]> lines) {
        if (lines.size() < 2) {
            return false;
        }
        String head = new String(lines.get(0), CHARSET);
        String foot = new String(lines.get(lines.size() - 1), CHARSET);
        return head.startsWith("HLS" + number)
                && foot.equals("T%08d".formatted(lines.size() - 2))
                && lines.subList(1, lines.size() - 1).stream()
                        .allMatch(line -> line.length == WIDTH && KINDS.containsKey(line[0]));
    }

    private static AnswerFile file(String number, List<String> answers) {
        String head = "HRS" + number + CityTime.now().format(CityTime.PACKED).substring(0, 8);
        return new AnswerFile(
                "LSR" + number + ".TXT",
                bytes(head, answers, answers.size()),
                bytes(head, answers, answers.size() + 1),
                false);
    }

    private static byte[] bytes(String head, List<String> answers, int count) {
        String foot = "T%08d".formatted(count);
        return (head + LINE_END + String.join(LINE_END, answers) + LINE_END + foot + LINE_END).getBytes(CHARSET);
    }

    /** Nothing is done with a line that the bureau's program trips over. */
    private static boolean notUnderstood(byte[] line, Fault fault) {
        return fault.is(FaultKind.EXCEL) && text(line, REMARK, 200).contains("DAMAGED");
    }

    private static String sentBack(byte[] line) {
        return column(text(line, CASE, 32), 32, true)
                + column(text(line, MESSAGE, 36), 36, true)
                + "9"
                + CityTime.now().format(CityTime.PACKED)
                + column("", 20, true)
                + column("格式不符", 200, true)
                + column("", 20, true)
                + column("", 30, true);
    }

    private static String answer(LedgerEntry entry, Fault fault) {
        if (fault.is(FaultKind.GARBAGE)) {
            return "?".repeat(100) + "锟斤拷";
        }
        boolean bytes = !fault.is(FaultKind.PADDED_BY_CHARACTERS);
        String line = column(entry.caseNo(), 32, bytes)
                + column(entry.messageId(), 36, bytes)
                + (entry.refused() ? "1" : "0")
                + entry.at().format(CityTime.PACKED)
                + column("经办㛃", 20, bytes)
                + column(entry.refused() ? "材料不符合条件" : "已登记，补贴按月发放", 200, bytes)
                + column(Fingerprint.of("LS", entry.messageId(), 10), 20, bytes)
                + column(entry.refused() ? "" : Fingerprint.of("LS-P-", entry.messageId(), 12), 30, bytes);
        return fault.is(FaultKind.SHORT_LINES) ? line.stripTrailing() : line;
    }

    private static String column(String value, int width, boolean bytes) {
        int length = bytes ? value.getBytes(CHARSET).length : value.length();
        return value + " ".repeat(width - length);
    }

    private static String text(byte[] line, int from, int length) {
        return new String(Arrays.copyOfRange(line, from, from + length), CHARSET).strip();
    }

    private static List<byte[]> lines(byte[] content) {
        List<byte[]> lines = new ArrayList<>();
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (byte next : content) {
            if (next == '\n') {
                lines.add(line.toByteArray());
                line.reset();
            } else if (next != '\r') {
                line.write(next);
            }
        }
        if (line.size() > 0) {
            lines.add("not ended".getBytes(StandardCharsets.US_ASCII));
        }
        return lines;
    }
}
