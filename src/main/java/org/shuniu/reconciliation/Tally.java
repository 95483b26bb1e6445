package org.shuniu.reconciliation;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.shuniu.codec.Garbled;
import org.shuniu.document.CaseTimes;
import org.shuniu.mapping.AnswerGarbled;
import org.shuniu.mapping.Days;
import org.shuniu.mapping.MappingFailed;
import org.shuniu.mapping.Mappings;
import org.shuniu.mapping.Reading;
import org.shuniu.mapping.Verdict;
import org.shuniu.partner.Partner;
import org.shuniu.store.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads what a partner counts by its mapping {@code count.in}, whose document is a {@code tally}. */
final class Tally {

    static final String MAPPING = "count.in";

    /**
     * A page of it.
     *
     * @param next by which the following page is asked for, or nothing
     */
    record Page(List<Entry> entries, Optional<String> next) {}

    private static final int LONGEST = 100;

    private final Mappings mappings;

    Tally(Mappings mappings) {
        this.mappings = mappings;
    }

    Page read(Partner partner, byte[] raw, String mediaType, int status) throws CountFailed {
        ObjectNode context = Json.object();
        context.putObject("call").put("operation", "count").put("document", "count");
        context.putObject("transport")
                .put("status", status)
                .put("receivedAt", Instant.now().toString());
        try {
            Reading reading = mappings.read(
                    partner.id(), MAPPING, raw, mediaType, context, Days.of(LocalDate.now(CaseTimes.SHANGHAI)));
            if (reading.verdict() != Verdict.DELIVERED || reading.document() == null) {
                throw new CountFailed(reading.reason() == null ? "the partner gives no count" : reading.reason());
            }
            return page(reading.document());
        } catch (AnswerGarbled | Garbled | MappingFailed unreadable) {
            throw new CountFailed(unreadable.getMessage());
        }
    }

    private static Page page(ObjectNode tally) throws CountFailed {
        List<Entry> entries = new ArrayList<>();
        for (JsonNode line : tally.path("entries")) {
            entries.add(entry(line));
        }
        return new Page(entries, text(tally, "next"));
    }

    private static Entry entry(JsonNode line) throws CountFailed {
        String message = text(line, "messageId").orElseThrow(() -> new CountFailed("a line names no message"));
        Optional<Instant> at = text(line, "at")
                .flatMap(CaseTimes::parse)
                .map(time -> time.atZone(CaseTimes.SHANGHAI).toInstant());
        String reference = text(line, "reference").or(() -> text(line, "at")).orElse("");
        if (message.length() > LONGEST || reference.length() > LONGEST) {
            throw new CountFailed("a number of more than %d characters".formatted(LONGEST));
        }
        return new Entry(
                message,
                reference,
                text(line, "caseNo")
                        .filter(number -> number.length() <= LONGEST)
                        .orElse(null),
                at.orElse(null),
                line.path("finished").asBoolean(false));
    }

    private static Optional<String> text(JsonNode tree, String name) {
        return Optional.ofNullable(tree.path(name).asString(null)).filter(text -> !text.isBlank());
    }
}
