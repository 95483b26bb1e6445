package org.shuniu.recovery;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.shuniu.recovery.SenderAnswers.Request;
import org.shuniu.store.Json;
import org.shuniu.store.StoredMessage;
import org.shuniu.vault.Vault;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.databind.node.ObjectNode;

/** Answers that people want to give, in the database. */
final class AnswerRequests {

    private static final String SEALED = "answer_request.body";
    private static final int MOST = 200;

    private static final String ASK = """
            insert into answer_request (id, case_no, receiver, stands, status, body, reason, made_by)
            values (?, ?, ?, ?, ?, ?, ?, ?)
            """;
    private static final String END = """
            update answer_request set state = ?, decided_by = ?, decided_at = now(), message_id = ?
            where id = ? and state = 'asked'
            """;
    private static final String OPEN = """
            select * from answer_request where state = 'asked' and (?::text[] is null or receiver = any(?))
            order by made_at limit ?
            """;

    private final JdbcTemplate sql;
    private final Vault vault;

    /** @param sql on the connection of its caller's transaction, or for people's questions */
    AnswerRequests(JdbcTemplate sql, Vault vault) {
        this.sql = sql;
        this.vault = vault;
    }

    /** The newest of a case. */
    Optional<Request> last(String caseNo) {
        return sql
                .query(
                        "select * from answer_request where case_no = ? order by made_at desc limit 1",
                        AnswerRequests::read,
                        caseNo)
                .stream()
                .findFirst();
    }

    Optional<Request> find(UUID id) {
        return sql.query("select * from answer_request where id = ?", AnswerRequests::read, id).stream()
                .findFirst();
    }

    /**
     * Those that wait for a second person, oldest first.
     *
     * @param seen in the place of these receivers, or null for all
     */
    List<Request> open(String @Nullable [] seen) {
        return sql.query(OPEN, AnswerRequests::read, seen, seen, MOST);
    }

    /** What the sender would get. */
    ObjectNode content(UUID id) {
        byte[] sealed = sql.queryForObject("select body from answer_request where id = ?", byte[].class, id);
        return (ObjectNode) Json.tree(vault.open(sealed, SEALED, id));
    }

    /** A digest of what the sender would get: who has not opened it cannot know it. */
    static String mark(ObjectNode content) {
        return HexFormat.of().formatHex(StoredMessage.digestOf(Json.bytes(content)));
    }

    void add(UUID id, String caseNo, String receiver, String stands, ObjectNode content, String reason, String by) {
        byte[] sealed = vault.seal(Json.bytes(content), SEALED, id);
        String status = content.path("status").asString();
        sql.update(ASK, id, caseNo, receiver, stands, status, sealed, reason, by);
    }

    /**
     * False when it was decided before.
     *
     * @param message that was sent, or null
     */
    boolean end(UUID id, String state, String by, @Nullable UUID message) {
        return sql.update(END, state, by, message, id) == 1;
    }

    private static Request read(ResultSet row, int number) throws SQLException {
        return new Request(
                row.getObject("id", UUID.class),
                row.getString("case_no"),
                row.getString("receiver"),
                row.getString("stands"),
                row.getString("status"),
                row.getString("reason"),
                row.getString("state"),
                row.getString("made_by"),
                row.getObject("made_at", OffsetDateTime.class),
                row.getString("decided_by"),
                row.getObject("decided_at", OffsetDateTime.class));
    }
}
