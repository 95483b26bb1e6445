package org.shuniu.mapping;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.shuniu.codec.Codec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a mapping makes of one message, and what each of its rows did. It holds the message's own values.
 *
 * @param outcome for an answer, which line of the outcome decides and how; else empty
 * @param result as an example's target has it; empty where it can't be written
 */
public record Explanation(List<ExplainedRow> rows, String outcome, String result) {

    /** Whether every row could do what it says. */
    public boolean isWhole() {
        return rows.stream().noneMatch(row -> row.end() == ExplainedRow.End.FAILED);
    }

    static Explanation of(OutgoingMapping mapping, JsonNode source, Days days) {
        List<ExplainedRow> rows = new ArrayList<>();
        ObjectNode tree = mapping.tree(new Source(source, days, rows::add));
        Codec content = mapping.codec().content();
        Explanation explained = new Explanation(rows, "", "");
        return explained.isWhole()
                ? new Explanation(
                        rows,
                        "",
                        new String(content.encode(tree), content.isRow() ? content.charset() : StandardCharsets.UTF_8))
                : explained;
    }

    static Explanation of(IncomingMapping mapping, byte[] answer, JsonNode context, Days days) {
        List<ExplainedRow> rows = new ArrayList<>();
        JsonNode tree = IncomingMapping.tree(mapping.codec().content().decode(answer), context);
        Source source = new Source(tree, days, rows::add);
        int line = mapping.decides(source);
        Reading reading = mapping.read(source);
        String outcome = "line %d decides: %s%s"
                .formatted(
                        line,
                        Examples.word(reading.verdict()),
                        reading.reason() == null ? "" : ", " + reading.reason());
        return new Explanation(rows, outcome, Examples.shown(reading));
    }
}
