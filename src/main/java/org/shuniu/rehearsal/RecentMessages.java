package org.shuniu.rehearsal;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.shuniu.mapping.Days;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.databind.JsonNode;

/**
 * The newest messages of a mapping, and one of them as it lay before its translation. Whoever opens one has put that into the audit
 * before, and shows to nobody what it says.
 */
public final class RecentMessages {

    /**
     * One that nobody has opened.
     *
     * @param id of the delivery, or of the answer
     */
    public record Head(UUID id, Instant at) {}

    /**
     * One that is open.
     *
     * @param source of what went out, the tree described in mappings/README.md; else null
     * @param answer of what came in, as received and without the wrapping in which it came; else null
     * @param context what is known besides of an answer; else null
     */
    public record Open(
            @Nullable JsonNode source,
            byte @Nullable [] answer,
            @Nullable JsonNode context,
            Days days) {}

    private static final int MILLIS_OF_ID = 16;
    private static final String WHOSE = "select partner from answer where id = ?";

    private final JdbcTemplate sql;
    private final SentDocuments sent;
    private final SaidAnswers said;

    /** @param sql on a pool that no message needs */
    RecentMessages(JdbcTemplate sql, SentDocuments sent, SaidAnswers said) {
        this.sql = sql;
        this.sent = sent;
        this.said = said;
    }

    /** Newest first; nothing of mappings whose messages are not recorded, such as questions. */
    public List<Head> newest(String partner, String mapping, int most) {
        IdWalk walk;
        if (mapping.endsWith(RecordedMessages.OUT)) {
            walk = new IdWalk(
                    sql,
                    RecordedMessages.DELIVERIES,
                    Instant.EPOCH,
                    row -> row.partner().equals(partner) && mapping.equals(row.kind() + RecordedMessages.OUT));
        } else if (mapping.equals(RecordedMessages.ANSWERS_ARE_READ_BY)) {
            walk = new IdWalk(
                    sql,
                    RecordedMessages.ANSWERS,
                    Instant.EPOCH,
                    row -> row.partner().equals(partner));
        } else {
            return List.of();
        }
        return walk.next(most).stream().map(id -> new Head(id, at(id))).toList();
    }

    /** These ids begin with their moment. */
    private static Instant at(UUID id) {
        return Instant.ofEpochMilli(id.getMostSignificantBits() >>> MILLIS_OF_ID);
    }

    /** Nothing where it is none of this mapping, too big, or can't be opened any more. */
    public Optional<Open> open(String partner, String mapping, UUID id) {
        return mapping.endsWith(RecordedMessages.OUT) ? sent(partner, mapping, id) : said(partner, mapping, id);
    }

    private Optional<Open> sent(String partner, String mapping, UUID id) {
        return sent.open(List.of(id), new Tally()).stream()
                .map(OutgoingDocument.class::cast)
                .filter(document ->
                        document.partner().equals(partner) && document.mapping().equals(mapping))
                .map(document -> new Open(document.source(), null, null, document.days()))
                .findFirst();
    }

    private Optional<Open> said(String partner, String mapping, UUID id) {
        boolean theirs = mapping.equals(RecordedMessages.ANSWERS_ARE_READ_BY)
                && sql.queryForList(WHOSE, String.class, id).contains(partner);
        return theirs
                ? said.open(partner, List.of(id), new Tally()).stream()
                        .map(IncomingAnswer.class::cast)
                        .map(answer -> new Open(null, answer.body(), answer.context(), answer.days()))
                        .findFirst()
                : Optional.empty();
    }
}
