package org.shuniu.rehearsal;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.shuniu.catalogue.Catalogue;
import org.shuniu.delivery.Attempt;
import org.shuniu.document.CaseTimes;
import org.shuniu.enrichment.Copies;
import org.shuniu.mapping.Days;
import org.shuniu.mapping.MappingFailed;
import org.shuniu.store.CaseFile;
import org.shuniu.store.CaseFiles;
import org.shuniu.translator.Writing;
import org.shuniu.vault.Vault;
import org.shuniu.vault.VaultFailure;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.node.ObjectNode;

/** Opens deliveries, and lays their documents out as mappings read them. */
final class SentDocuments {

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

    private static final String SENT = """
            select d.id as delivery_id, d.message_id, d.document, d.receiver as goes_to, d.attempt, m.accepted_at,
                case when octet_length(coalesce(k.body, m.body)) <= ? then coalesce(k.body, m.body) end as sealed, c.*
            from delivery d join message m on m.id = d.message_id join case_file c on c.case_no = d.case_no
            left join correction k on k.id = d.correction
            where d.id = any(?) order by d.id desc
            """;
    private final JdbcTemplate sql;
    private final Vault vault;
    private final Writing writing;
    private final Catalogue catalogue;

    /** @param sql on a pool that no message needs */
    SentDocuments(JdbcTemplate sql, Vault vault, Writing writing, Catalogue catalogue) {
        this.sql = sql;
        this.vault = vault;
        this.writing = writing;
        this.catalogue = catalogue;
    }

    /**
     * The documents of these deliveries, newest first.
     *
     * @param tally takes those that can't be opened or are too big
     */
    List<Recorded> open(List<UUID> ids, Tally tally) {
        List<Sent> rows = sql.query(SENT, SentDocuments::sent, RecordedMessages.LARGEST, ids.toArray(UUID[]::new));
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
                    Attempt.Terms.USUAL,
                    null);
            ObjectNode source = writing.envelope(attempt, sent.document(), catalogue, day);
            return Optional.of(new OutgoingDocument(
                    sent.receiver(),
                    sent.document(),
                    sent.message().toString(),
                    sent.file().itemCode(),
                    source,
                    new Days(day, LocalDate.now(CaseTimes.SHANGHAI))));
        } catch (VaultFailure | JacksonException | MappingFailed closed) {
            return Optional.empty();
        }
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
}
