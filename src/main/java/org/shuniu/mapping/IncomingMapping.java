package org.shuniu.mapping;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.shuniu.codec.Codec;
import org.shuniu.codec.Garbled;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a partner answers, as an outcome and a document of the hub.
 *
 * @param tables the code tables that it uses
 * @param reads the places of its source that it names
 */
record IncomingMapping(
        String id,
        Codec codec,
        List<OutcomeLine> outcome,
        Map<String, Document> documents,
        Set<String> tables,
        Set<TreePath> reads) {

    /**
     * The rows of one canonical document.
     *
     * @param event gives the partner's own id of the event, or null
     * @param order gives its number among the messages of a case, or null
     * @param ticket gives what it wants to be asked by, or null
     */
    record Document(
            @Nullable Expression event,
            @Nullable Expression order,
            @Nullable Expression ticket,
            List<MappingRow> rows) {

        private Document by(Map<String, LocalCodes> tables) {
            List<MappingRow> translated =
                    rows.stream().map(row -> row.by(tables)).toList();
            return new Document(event, order, ticket, translated);
        }

        private Reading.Marks marks(Source source) {
            String number = text(order, source);
            return new Reading.Marks(text(event, source), number == null ? null : number(number), text(ticket, source));
        }

        private static String text(@Nullable Expression expression, Source source) {
            String found =
                    expression == null ? null : expression.evaluate(source).asString(null);
            return found == null || found.isEmpty() ? null : found;
        }

        private static Long number(String text) {
            if (!text.matches("[0-9]{1,18}")) {
                throw new IllegalArgumentException("order is no whole number");
            }
            return Long.valueOf(text);
        }
    }

    private static final Set<String> NAMES = Set.of("caseNo", "messageId");

    /** The same by other code tables of the same names. */
    IncomingMapping by(Map<String, LocalCodes> others) {
        Map<String, Document> translated = new HashMap<>(documents);
        translated.replaceAll((name, document) -> document.by(others));
        return new IncomingMapping(id, codec, outcome, translated, tables, reads);
    }

    Reading read(byte[] raw, JsonNode context, Days days) {
        try {
            return read(codec.decode(raw), context, days);
        } catch (Garbled garbled) {
            throw new AnswerGarbled(id, garbled.getMessage());
        }
    }

    /** Whom the answer speaks of, found without any table: by {@code caseNo} and {@code messageId} of its document. */
    ObjectNode names(byte[] raw, JsonNode context, Days days) {
        ObjectNode written = Source.MAPPER.createObjectNode();
        try {
            Source source = new Source(tree(codec.decode(raw), context), days);
            outcome.stream()
                    .filter(line -> line.holds(source, id))
                    .findFirst()
                    .filter(line -> line.document() != null)
                    .ifPresent(line -> documents.get(line.document()).rows().stream()
                            .filter(ValueRow.class::isInstance)
                            .map(ValueRow.class::cast)
                            .filter(row -> row.codes() == null
                                    && NAMES.contains(row.target().toString()))
                            .forEach(row -> row.write(source, written)));
        } catch (Garbled | MappingFailed | IllegalArgumentException unreadable) {
            // Whoever reads all of it says what is wrong.
        }
        return written;
    }

    Reading read(JsonNode answer, JsonNode context, Days days) {
        return read(new Source(tree(answer, context), days));
    }

    static ObjectNode tree(JsonNode answer, JsonNode context) {
        if (!(context instanceof ObjectNode known)) {
            throw new IllegalArgumentException("the context is no object; expected transport, call, message and case");
        }
        ObjectNode tree = Source.MAPPER.createObjectNode();
        tree.setAll(known);
        tree.set("answer", answer);
        return tree;
    }

    /** The number of the line of outcome, from 1, that decides. */
    int decides(Source source) {
        return decisive(source).number();
    }

    private OutcomeLine decisive(Source source) {
        return outcome.stream()
                .filter(line -> line.holds(source, id))
                .findFirst()
                .orElseThrow(() -> new AnswerGarbled(id, "no line of outcome fits the answer"));
    }

    Reading read(Source source) {
        OutcomeLine line = decisive(source);
        if (line.document() == null) {
            return new Reading(line.verdict(), line.reason(source.tree()), null, null, null);
        }
        return document(line, source);
    }

    private Reading document(OutcomeLine line, Source source) {
        Document document = documents.get(line.document());
        ObjectNode written = Source.MAPPER.createObjectNode();
        document.rows().forEach(row -> row.write(source, written));
        try {
            return new Reading(
                    line.verdict(), line.reason(source.tree()), line.document(), written, document.marks(source));
        } catch (IllegalArgumentException wrong) {
            throw new AnswerGarbled(id, wrong.getMessage());
        }
    }
}
