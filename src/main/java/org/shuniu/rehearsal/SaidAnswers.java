package org.shuniu.rehearsal;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.shuniu.channel.ChannelAdapters;
import org.shuniu.codec.Garbled;
import org.shuniu.document.CaseTimes;
import org.shuniu.document.DocumentSchemas;
import org.shuniu.mapping.Days;
import org.shuniu.store.CaseFiles;
import org.shuniu.store.Json;
import org.shuniu.vault.Vault;
import org.shuniu.vault.VaultFailure;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.databind.node.ObjectNode;

/** Opens what partners said, with what was known besides when they said it. */
final class SaidAnswers {

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

    private static final String SAID = """
            select a.id, a.source, a.event_key, a.media_type, a.received_at, d.message_id, d.document, d.case_no,
                c.received_at as case_received_at, case when octet_length(a.body) <= ? then a.body end as sealed
            from answer a left join delivery d on d.id = a.delivery_id left join case_file c on c.case_no = d.case_no
            where a.id = any(?) order by a.id desc
            """;

    private static final int HTTP_OK = 200;

    private final JdbcTemplate sql;
    private final Vault vault;
    private final ChannelAdapters adapters;
    private final DocumentSchemas schemas;

    /** @param sql on a pool that no message needs */
    SaidAnswers(JdbcTemplate sql, Vault vault, ChannelAdapters adapters, DocumentSchemas schemas) {
        this.sql = sql;
        this.vault = vault;
        this.adapters = adapters;
        this.schemas = schemas;
    }

    /**
     * These answers of a partner, newest first.
     *
     * @param tally takes those that can't be opened or are too big
     */
    List<Recorded> open(String partner, List<UUID> ids, Tally tally) {
        List<Recorded> answers = new ArrayList<>();
        for (Said said : sql.query(SAID, SaidAnswers::said, RecordedMessages.LARGEST, ids.toArray(UUID[]::new))) {
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
            byte[] body =
                    adapters.find(partner).map(adapter -> adapter.open(kept)).orElse(kept);
            LocalDate day = LocalDate.ofInstant(said.receivedAt(), CaseTimes.SHANGHAI);
            LocalDate ofCase = said.caseReceivedAt() == null
                    ? day
                    : LocalDate.ofInstant(said.caseReceivedAt(), CaseTimes.SHANGHAI);
            UUID id = said.message() == null ? said.id() : said.message();
            return Optional.of(new IncomingAnswer(
                    partner,
                    RecordedMessages.ANSWERS_ARE_READ_BY,
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
