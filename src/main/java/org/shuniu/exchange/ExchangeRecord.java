package org.shuniu.exchange;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.shuniu.document.CaseTimes;
import org.shuniu.store.Json;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What the hub has on record of a region's messages, for that region. */
final class ExchangeRecord {

    /** Steps of a chain that are read at a time. */
    static final int MOST_STEPS = 500;

    private static final String MESSAGE = """
            select e.idempotency_key, e.type, e.subject, e.accepted_at, k.receipt,
                array(select d.state from delivery d where d.message_id = e.id and d.queue = 'application') as states
            from exchange_message e
            join message_key k on k.partner = e.partner and k.idempotency_key = e.idempotency_key
            where e.partner = ? and e.idempotency_key = ?
            """;

    private final JdbcTemplate sql;
    private final EvidenceLadder ladder;

    ExchangeRecord(JdbcTemplate sql) {
        this.sql = sql;
        this.ladder = new EvidenceLadder(sql);
    }

    /** A region's own message; another region's is as absent as one that nobody sent. */
    Optional<ObjectNode> message(String partner, String id) {
        return sql.query(MESSAGE, ExchangeRecord::message, partner, id).stream()
                .findFirst()
                .map(json -> withEvidence(json, ladder.of(chain(partner), id)));
    }

    /** What follows a place of the chain of a region's messages. */
    ObjectNode steps(String partner, long after) {
        ObjectNode json = Json.object();
        describe(json.putArray("steps"), ladder.after(chain(partner), after, MOST_STEPS));
        return json;
    }

    private static EvidenceLadder.Chain chain(String partner) {
        return new EvidenceLadder.Chain(partner, EvidenceLadder.Direction.RECEIVED);
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
        json.put("caseNo", Json.tree(row.getBytes("receipt")).path("caseNo").asString(""));
        json.put(
                "acceptedAt",
                CaseTimes.dateTime(
                        row.getObject("accepted_at", OffsetDateTime.class).toInstant()));
        return json;
    }

    /** What is parked waits for a person, and is no end. */
    private static String state(List<String> deliveries) {
        if (deliveries.contains("undeliverable")) {
            return EvidenceLadder.Kind.NON_DELIVERED.name();
        }
        if (deliveries.contains("refused")) {
            return EvidenceLadder.Kind.REJECTED.name();
        }
        boolean done = !deliveries.isEmpty() && deliveries.stream().allMatch("delivered"::equals);
        return (done ? EvidenceLadder.Kind.DELIVERED : EvidenceLadder.Kind.ACCEPTED).name();
    }

    private static ObjectNode withEvidence(ObjectNode json, List<EvidenceLadder.Kept> steps) {
        boolean relayed = steps.stream().anyMatch(step -> step.kind() == EvidenceLadder.Kind.RELAYED);
        if (relayed && json.path("state").asString("").equals(EvidenceLadder.Kind.ACCEPTED.name())) {
            json.put("state", EvidenceLadder.Kind.RELAYED.name());
        }
        describe(json.putArray("evidence"), steps);
        return json;
    }

    private static void describe(ArrayNode array, List<EvidenceLadder.Kept> steps) {
        Base64.Encoder base64 = Base64.getEncoder();
        for (EvidenceLadder.Kept step : steps) {
            ObjectNode json = array.addObject();
            json.put("seq", step.seq());
            json.put("messageId", step.messageId());
            json.put("kind", step.kind().name());
            json.put("receiver", step.receiver());
            json.put("at", CaseTimes.dateTime(step.at()));
            json.put("evidence", base64.encodeToString(step.signed().evidence()));
            if (step.signed().base() != null) {
                json.put("signatureBase", step.signed().base());
            }
            json.put("signature", base64.encodeToString(step.signed().signature()));
            json.put("keyid", step.signed().keyid());
            json.put("hash", HexFormat.of().formatHex(step.hash()));
        }
    }
}
