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

    /** Letters of all rows of a mapping that is only tried; how long a message may be is bounded elsewhere. */
    static final long MOST_TRIED = 2_000_000;

    /** What rows say, as far as somebody can read it. */
    private static final class Told {

        private final List<ExplainedRow> rows = new ArrayList<>();
        private final long most;
        private long letters;

        private Told(long most) {
            this.most = most;
        }

        private void add(ExplainedRow row) {
            letters += row.found().length() + row.result().length();
            row.steps().forEach(step -> letters += step.length());
            if (letters > most) {
                throw new Effort.Spent("more than %d letters in all rows".formatted(most));
            }
            rows.add(row);
        }
    }

    static Explanation of(OutgoingMapping mapping, JsonNode source, Days days, long most) {
        Told told = new Told(most);
        try {
            ObjectNode tree = mapping.tree(new Source(source, days, told::add));
            return told(told.rows, "", () -> mapping.text(tree));
        } catch (Effort.Spent over) {
            return stopped(told, over);
        }
    }

    private static Explanation stopped(Told told, Effort.Spent over) {
        return new Explanation(told.rows, "it was stopped: " + over.getMessage(), "");
    }

    static Explanation of(IncomingMapping mapping, byte[] answer, JsonNode context, Days days) {
        return of(mapping, mapping.codec().content().decode(answer), context, days, Long.MAX_VALUE);
    }

    static Explanation of(IncomingMapping mapping, JsonNode answer, JsonNode context, Days days, long most) {
        Told told = new Told(most);
        Source source = new Source(IncomingMapping.tree(answer, context), days, told::add);
        try {
            return read(mapping, source, told.rows);
        } catch (Effort.Spent over) {
            return stopped(told, over);
        }
    }

    private static Explanation read(IncomingMapping mapping, Source source, List<ExplainedRow> rows) {
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
