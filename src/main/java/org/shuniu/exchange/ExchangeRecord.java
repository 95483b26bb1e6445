package org.shuniu.exchange;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.shuniu.document.CaseTimes;
import org.shuniu.store.Json;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.databind.node.ObjectNode;

/** What the hub has on record of a region's messages, for that region. */
final class ExchangeRecord {

    private static final String MESSAGE = """
            select e.idempotency_key, e.type, e.subject, e.accepted_at, e.receipt_input, e.receipt_signature, k.receipt, m.case_no,
                array(select d.state from delivery d where d.message_id = e.id) as states
            from exchange_message e
            join message_key k on k.partner = e.partner and k.idempotency_key = e.idempotency_key
            join message m on m.id = e.id
            where e.partner = ? and e.idempotency_key = ?
            """;

    private final JdbcTemplate sql;

    ExchangeRecord(JdbcTemplate sql) {
        this.sql = sql;
    }

    /** A region's own message; another region's is as absent as one that nobody sent. */
    Optional<ObjectNode> message(String partner, String id) {
        return sql.query(MESSAGE, ExchangeRecord::message, partner, id).stream().findFirst();
    }

    /** @throws org.springframework.dao.DataAccessException when the database is away, without which nothing is accepted */
    void look() {
        sql.queryForObject("select 1", Integer.class);
    }

    private static ObjectNode message(ResultSet row, int number) throws SQLException {
        ObjectNode json = Json.object();
        json.put("messageId", row.getString("idempotency_key"));
        json.put("state", state(Arrays.asList((String[]) row.getArray("states").getArray())));
        json.put("type", row.getString("type"));
        json.put("subject", row.getString("subject"));
        json.put("caseNo", row.getString("case_no"));
        String acceptedAt =
                time(row.getObject("accepted_at", OffsetDateTime.class).toInstant());
        json.put("acceptedAt", acceptedAt);
        json.putArray("evidence")
                .addObject()
                .put("kind", "ACCEPTED")
                .put("at", acceptedAt)
                .put("status", 202)
                .put("document", Base64.getEncoder().encodeToString(row.getBytes("receipt")))
                .put("signatureInput", row.getString("receipt_input"))
                .put("signature", row.getString("receipt_signature"));
        return json;
    }

    /** What is parked waits for a person, and is no end. */
    static String state(List<String> deliveries) {
        List<String> open = new ArrayList<>(deliveries);
        open.removeIf("delivered"::equals);
        if (open.contains("undeliverable")) {
            return "NON_DELIVERED";
        }
        if (open.contains("refused")) {
            return "REJECTED";
        }
        return open.isEmpty() && !deliveries.isEmpty() ? "DELIVERED" : "ACCEPTED";
    }

    static String time(Instant moment) {
        return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(moment.atZone(CaseTimes.SHANGHAI));
    }
}
