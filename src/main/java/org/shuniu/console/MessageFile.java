package org.shuniu.console;

import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.shuniu.store.CaseFiles;
import org.shuniu.store.Json;
import org.shuniu.vault.Vault;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.core.JacksonException;

/** Reads one message and its deliveries. */
final class MessageFile {

    /** A message without its body; that it is parked may have ended, for a reason that has words of its own. */
    record Message(
            UUID id,
            String partner,
            String document,
            @Nullable String caseNo,
            String digest,
            Instant acceptedAt,
            @Nullable String parkedReason,
            @Nullable String parkedEnd,
            @Nullable Instant parkedEndedAt) {}

    private static final int MOST = 100;

    private final JdbcTemplate sql;
    private final Vault vault;
    private final FieldNames names;

    MessageFile(JdbcTemplate sql, Vault vault, FieldNames names) {
        this.sql = sql;
        this.vault = vault;
        this.names = names;
    }

    Optional<Message> find(UUID id) {
        return sql.query("select * from message where id = ?", MessageFile::read, id).stream()
                .findFirst();
    }

    List<CaseLife.Delivered> deliveries(UUID id) {
        return sql.query(
                "select * from delivery where message_id = ? order by id limit ?",
                (row, number) -> CaseLife.delivered(row, null),
                id,
                MOST);
    }

    String masked(Message message) {
        return Masked.text(message.document(), open(message.id()), names.ofTheHub());
    }

    /** As it was received, only laid out for reading where it is JSON. */
    String body(UUID id) {
        byte[] body = open(id);
        try {
            return Json.tree(body).toPrettyString();
        } catch (JacksonException other) {
            return new String(body, StandardCharsets.UTF_8);
        }
    }

    private byte[] open(UUID id) {
        byte[] sealed = sql.queryForObject("select body from message where id = ?", byte[].class, id);
        return vault.open(sealed, "message.body", id);
    }

    private static Message read(ResultSet row, int number) throws SQLException {
        return new Message(
                row.getObject("id", UUID.class),
                row.getString("partner"),
                row.getString("document"),
                row.getString("case_no"),
                "sha256:" + HexFormat.of().formatHex(row.getBytes("digest")),
                CaseFiles.instant(row, "accepted_at"),
                row.getString("parked_reason"),
                row.getString("parked_end"),
                CaseFiles.instant(row, "parked_ended_at"));
    }
}
