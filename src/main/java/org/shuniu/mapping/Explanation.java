package org.shuniu.mapping;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.shuniu.codec.Garbled;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a mapping makes of one message, and what each of its rows did. It holds the message's own values.
 *
 * @param outcome for an answer, which line of the outcome decides and how; why there is no result; else empty
 * @param result as an example's target has it; empty where it can't be written
 */
public record Explanation(List<ExplainedRow> rows, String outcome, String result) {

    /** Whether a result came of it. */
    public boolean isDone() {
        return !result.isEmpty();
    }

    /** Whether every row could do what it says. */
    private boolean isWhole() {
        return rows.stream().noneMatch(row -> row.end() == ExplainedRow.End.FAILED);
    }

    static Explanation of(OutgoingMapping mapping, JsonNode source, Days days) {
        List<ExplainedRow> rows = new ArrayList<>();
        ObjectNode tree = mapping.tree(new Source(source, days, rows::add));
        return told(rows, "", () -> mapping.text(tree));
    }

    static Explanation of(IncomingMapping mapping, byte[] answer, JsonNode context, Days days) {
        List<ExplainedRow> rows = new ArrayList<>();
        JsonNode tree = IncomingMapping.tree(mapping.codec().content().decode(answer), context);
        Source source = new Source(tree, days, rows::add);
        String line = "line %d decides".formatted(mapping.decides(source));
        try {
            Reading reading = mapping.read(source);
            String outcome = reading.reason() == null ? "" : ", " + reading.reason();
            return told(
                    rows,
                    "%s: %s%s".formatted(line, Examples.word(reading.verdict()), outcome),
                    () -> Examples.shown(reading));
        } catch (AnswerGarbled unreadable) {
            return new Explanation(rows, "%s, and then: %s".formatted(line, unreadable.getMessage()), "");
        }
    }

    private static Explanation told(List<ExplainedRow> rows, String outcome, Supplier<String> result) {
        Explanation explained = new Explanation(rows, outcome, "");
        if (!explained.isWhole()) {
            return explained;
        }
        try {
            return new Explanation(rows, outcome, result.get());
        } catch (Garbled unwritable) {
            return new Explanation(rows, "can't be written: " + unwritable.getMessage(), "");
        }
    }
}
