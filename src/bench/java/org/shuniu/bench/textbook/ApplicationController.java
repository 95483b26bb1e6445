package org.shuniu.bench.textbook;

import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jms.core.JmsTemplate;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Takes an application in: inserts and a message, the message sent when the database has committed. */
@RestController
class ApplicationController {

    private final JdbcTemplate database;
    private final JmsTemplate broker;

    ApplicationController(JdbcTemplate database, JmsTemplate broker) {
        this.database = database;
        this.broker = broker;
    }

    @PostMapping("/api/v1/applications")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Transactional
    public Map<String, String> accept(@RequestHeader("Idempotency-Key") String key, @RequestBody String document) {
        UUID message = UUID.randomUUID();
        UUID delivery = UUID.randomUUID();
        String caseNo = "T" + message;
        OffsetDateTime now = OffsetDateTime.now();
        Map<String, String> receipt = Map.of("messageId", message.toString(), "caseNo", caseNo);
        database.update(
                "insert into message_key values (?, ?, ?, ?)",
                "acceptance-platform",
                key,
                message,
                receipt.toString().getBytes(StandardCharsets.UTF_8));
        database.update(
                "insert into message values (?, ?, ?, ?, ?)",
                message,
                "application",
                caseNo,
                document.getBytes(StandardCharsets.UTF_8),
                now);
        database.update("insert into delivery values (?, ?, ?, 'pending', ?)", delivery, message, "economy", now);
        database.update(
                "insert into event (at, case_no, delivery_id, kind) values (?, ?, ?, ?)",
                now,
                caseNo,
                delivery,
                "accepted");
        broker.convertAndSend("application", document, sent -> {
            sent.setStringProperty("messageId", message.toString());
            sent.setStringProperty("deliveryId", delivery.toString());
            sent.setStringProperty("caseNo", caseNo);
            return sent;
        });
        return receipt;
    }
}
