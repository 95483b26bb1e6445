package org.shuniu.rehearsal;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.shuniu.catalogue.Catalogue;
import org.shuniu.channel.ChannelAdapters;
import org.shuniu.codec.Garbled;
import org.shuniu.delivery.Attempt;
import org.shuniu.document.CaseTimes;
import org.shuniu.document.DocumentSchemas;
import org.shuniu.enrichment.Copies;
import org.shuniu.mapping.Days;
import org.shuniu.mapping.MappingFailed;
import org.shuniu.store.CaseFile;
import org.shuniu.store.CaseFiles;
import org.shuniu.store.Json;
import org.shuniu.translator.Writing;
import org.shuniu.vault.Vault;
import org.shuniu.vault.VaultFailure;
import org.shuniu.versions.Versions;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.node.ObjectNode;

/** Reads what the hub has recorded of one partner, newest first. No connection is held while anything is opened or translated. */
final class RecordedMessages {

    /** Messages of one direction. */
    final class Walk {
        private final IdWalk ids;
        private final Function<List<UUID>, List<Recorded>> open;

        private Walk(IdWalk ids, Function<List<UUID>, List<Recorded>> open) {
            this.ids = ids;
            this.open = open;
        }

        /** The next few; nothing at the end. */
        List<Recorded> next(int most) {
            List<UUID> next = ids.next(Math.min(most, AT_A_TIME));
            while (!next.isEmpty()) {
                List<Recorded> opened = open.apply(next);
                if (!opened.isEmpty()) {
                    return opened;
                }
                next = ids.next(Math.min(most, AT_A_TIME));
            }
            return List.of();
        }

        boolean gaveUp() {
            return ids.gaveUp();
        }
    }

    /** A delivery with what it carries, sealed. */
    private record Sent(
            UUID id,
            UUID message,
            String document,
            String receiver,
            int attempt,
            Instant acceptedAt,
            CaseFile file,
            byte @Nullable [] body) {}

    /** An answer with what it answers, sealed. */
    private record Said(
            UUID id,
            boolean toOurCall,
            boolean asked,
            @Nullable String mediaType,
            Instant receivedAt,
            @Nullable UUID message,
            @Nullable String document,
            @Nullable String caseNo,
            @Nullable Instant caseReceivedAt,
            byte @Nullable [] body) {}

    private static final String DELIVERIES = """
            select id, receiver as partner, document as kind from delivery where id < ? and id >= ? order by id desc limit ?
            """;
    private static final String SENT = """
            select d.id as delivery_id, d.message_id, d.document, d.receiver as goes_to, d.attempt, m.accepted_at,
                case when octet_length(coalesce(k.body, m.body)) <= ? then coalesce(k.body, m.body) end as sealed, c.*
            from delivery d join message m on m.id = d.message_id join case_file c on c.case_no = d.case_no
            left join correction k on k.id = d.correction
            where d.id = any(?) order by d.id desc
            """;
    private static final String ANSWERS = """
            select id, partner, source as kind from answer where id < ? and id >= ? order by id desc limit ?
            """;
    private static final String SAID = """
            select a.id, a.source, a.event_key, a.media_type, a.received_at, d.message_id, d.document, d.case_no,
                c.received_at as case_received_at, case when octet_length(a.body) <= ? then a.body end as sealed
            from answer a left join delivery d on d.id = a.delivery_id left join case_file c on c.case_no = d.case_no
            where a.id = any(?) order by a.id desc
            """;

    private static final String OUT = ".out";
    private static final String ANSWERS_ARE_READ_BY = "result.in";

    private static final int AT_A_TIME = 25;
    private static final int LARGEST = 1 << 20;
    private static final int HTTP_OK = 200;

    private final JdbcTemplate sql;
    private final Vault vault;
    private final Writing writing;
    private final Catalogue catalogue;
    private final ChannelAdapters adapters;
    private final DocumentSchemas schemas;

    /** @param sql on a pool that no message needs */
    RecordedMessages(
            JdbcTemplate sql,
            Vault vault,
            Writing writing,
            Catalogue catalogue,
            ChannelAdapters adapters,
            DocumentSchemas schemas) {
        this.sql = sql;
        this.vault = vault;
        this.writing = writing;
        this.catalogue = catalogue;
        this.adapters = adapters;
        this.schemas = schemas;
    }

    /**
     * The directions that are asked for.
     *
     * @param tally takes those that can't be opened or are too big
     */
    List<Walk> walks(Question question, Rivals rivals, Tally tally) {
        List<Walk> walks = new ArrayList<>();
        if (question.mapping() == null || question.mapping().endsWith(OUT)) {
            walks.add(sent(question, rivals, tally));
        }
        if (question.asksFor(ANSWERS_ARE_READ_BY) && rivals.know(ANSWERS_ARE_READ_BY)) {
            walks.add(said(question, tally));
        }
        return walks;
    }

    /** Documents towards a partner. */
    private Walk sent(Question question, Rivals rivals, Tally tally) {
        IdWalk ids = new IdWalk(
                sql,
                DELIVERIES,
                question.since(),
                row -> row.partner().equals(question.partner())
                        && question.asksFor(row.kind() + OUT)
                        && rivals.know(row.kind() + OUT));
        return new Walk(ids, next -> documents(next, tally));
    }

    /** What a partner said, in answer to a call or by itself. */
    private Walk said(Question question, Tally tally) {
        IdWalk ids = new IdWalk(
                sql,
                ANSWERS,
                question.since(),
                row -> row.partner().equals(question.partner()));
        return new Walk(ids, next -> answers(question.partner(), next, tally));
    }

    private List<Recorded> documents(List<UUID> ids, Tally tally) {
        List<Sent> rows = sql.query(SENT, RecordedMessages::sent, LARGEST, ids.toArray(UUID[]::new));
        Map<UUID, List<Copies.Sealed>> copies = new Copies(sql).of(ids);
        List<Recorded> documents = new ArrayList<>();
        for (Sent sent : rows) {
            if (sent.body() == null) {
                tally.leftOut(1);
            } else {
                document(sent, copies.getOrDefault(sent.id(), List.of()))
                        .ifPresentOrElse(documents::add, tally::unreadable);
            }
        }
        return documents;
    }

    private Optional<Recorded> document(Sent sent, List<Copies.Sealed> copies) {
        LocalDate day = LocalDate.ofInstant(sent.file().receivedAt(), CaseTimes.SHANGHAI);
        try {
            Attempt attempt = new Attempt(
                    sent.id(),
                    sent.message(),
                    sent.document(),
                    sent.receiver(),
                    sent.attempt(),
                    0,
                    false,
                    null,
                    new UUID(0, 0),
                    sent.acceptedAt(),
                    sent.file(),
                    vault.open(sent.body(), "message.body", sent.message()),
                    copies.stream().map(copy -> copy.open(vault)).toList(),
                    new Attempt.Terms(false, Versions.CASE_DAY, null),
                    null);
            ObjectNode source = writing.source(attempt, sent.document(), catalogue, day);
            return Optional.of(new OutgoingDocument(
                    sent.receiver(), sent.document(), sent.message().toString(), source, Days.of(day)));
        } catch (VaultFailure | JacksonException | MappingFailed closed) {
            return Optional.empty();
        }
    }

    private List<Recorded> answers(String partner, List<UUID> ids, Tally tally) {
        List<Recorded> answers = new ArrayList<>();
        for (Said said : sql.query(SAID, RecordedMessages::said, LARGEST, ids.toArray(UUID[]::new))) {
            if (said.body() == null) {
                tally.leftOut(1);
            } else {
                answer(partner, said).ifPresentOrElse(answers::add, tally::unreadable);
            }
        }
        return answers;
    }

    private Optional<Recorded> answer(String partner, Said said) {
        try {
            byte[] kept = vault.open(said.body(), "answer.body", said.id());
            byte[] body = adapters.find(partner)
                    .map(adapter -> adapter.open(kept))
                    .orElse(kept);
            LocalDate day = LocalDate.ofInstant(said.receivedAt(), CaseTimes.SHANGHAI);
            LocalDate ofCase = said.caseReceivedAt() == null
                    ? day
                    : LocalDate.ofInstant(said.caseReceivedAt(), CaseTimes.SHANGHAI);
            UUID id = said.message() == null ? said.id() : said.message();
            return Optional.of(new IncomingAnswer(
                    partner,
                    ANSWERS_ARE_READ_BY,
                    id.toString(),
                    body,
                    said.mediaType(),
                    context(said),
                    new Days(ofCase, day),
                    schemas));
        } catch (VaultFailure | Garbled closed) {
            return Optional.empty();
        }
    }

    /** As it was when the answer came; under which HTTP status it came is not recorded, and most came under this one. */
    private static ObjectNode context(Said said) {
        ObjectNode context = Json.object();
        ObjectNode transport = context.putObject("transport")
                .put("receivedAt", said.receivedAt().atOffset(ZoneOffset.UTC).toString());
        if (said.toOurCall() && said.message() != null) {
            transport.put("status", HTTP_OK);
            context.putObject("call")
                    .put("operation", said.asked() ? "query" : said.document())
                    .put("document", said.document());
            context.putObject("message").put("id", said.message().toString());
            context.putObject("case").put("caseNo", said.caseNo());
        }
        return context;
    }

    private static Sent sent(ResultSet row, int number) throws SQLException {
        return new Sent(
                row.getObject("delivery_id", UUID.class),
                row.getObject("message_id", UUID.class),
                row.getString("document"),
                row.getString("goes_to"),
                row.getInt("attempt"),
                CaseFiles.instant(row, "accepted_at"),
                CaseFiles.read(row, number),
                row.getBytes("sealed"));
    }

    private static Said said(ResultSet row, int number) throws SQLException {
        String key = row.getString("event_key");
        return new Said(
                row.getObject("id", UUID.class),
                row.getString("source").equals("call"),
                key != null && key.startsWith("asked:"),
                row.getString("media_type"),
                CaseFiles.instant(row, "received_at"),
                row.getObject("message_id", UUID.class),
                row.getString("document"),
                row.getString("case_no"),
                CaseFiles.instant(row, "case_received_at"),
                row.getBytes("sealed"));
    }
}
