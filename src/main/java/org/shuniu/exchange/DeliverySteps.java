package org.shuniu.exchange;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.shuniu.partner.PartnerDirectory;
import org.shuniu.store.CaseEvent;
import org.shuniu.store.Columns;
import org.shuniu.store.Delivery;
import org.shuniu.store.EventFollower;
import org.shuniu.store.EventLog;
import org.shuniu.store.Json;
import org.shuniu.store.MessageStore;
import org.shuniu.store.StoredMessage;
import org.shuniu.store.TimeOrderedId;
import org.shuniu.vault.Vault;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Signs how far the messages of regions come, each step in the transaction that makes it true, and lets the region that sent
 * the message hear of it.
 */
final class DeliverySteps implements EventFollower {

    /** The hub speaks itself. */
    private static final String HUB = "hub";

    private static final String DOCUMENT = "evidence";
    private static final Set<String> TELLING = Set.of("delivered", "refused", "postponed", "parked", "given-up");
    /** A delivery whose schedule is used up. */
    private static final String TIME_IS_OVER = "given up: ";

    private static final String FOUND = """
            select d.receiver, d.state, d.outcome_unknown, d.reason, d.message_id, d.case_no, x.partner, x.idempotency_key,
                k.digest
            from unnest(?::uuid[]) as w(id) join delivery d on d.id = w.id
                join exchange_message x on x.id = d.message_id
                join message_key k on k.partner = x.partner and k.idempotency_key = x.idempotency_key
            where d.queue = 'application' order by d.id
            """;

    /** A delivery of a region's message as it stands now. */
    private record Way(
            String region,
            String key,
            byte[] digest,
            UUID messageId,
            String caseNo,
            String receiver,
            String state,
            boolean wentOut,
            boolean timeIsOver) {

        static Way read(ResultSet row, int number) throws SQLException {
            String reason = row.getString("reason");
            return new Way(
                    row.getString("partner"),
                    row.getString("idempotency_key"),
                    row.getBytes("digest"),
                    row.getObject("message_id", UUID.class),
                    row.getString("case_no"),
                    row.getString("receiver"),
                    row.getString("state"),
                    row.getBoolean("outcome_unknown"),
                    reason != null && reason.startsWith(TIME_IS_OVER));
        }

        Stream<EvidenceLadder.Kind> steps() {
            Stream<EvidenceLadder.Kind> out = wentOut ? Stream.of(EvidenceLadder.Kind.RELAYED) : Stream.empty();
            return switch (state) {
                case "delivered" -> Stream.of(EvidenceLadder.Kind.RELAYED, EvidenceLadder.Kind.DELIVERED);
                case "refused" -> Stream.of(EvidenceLadder.Kind.RELAYED, EvidenceLadder.Kind.REJECTED);
                case "undeliverable" -> Stream.concat(out, Stream.of(EvidenceLadder.Kind.NON_DELIVERED));
                case "parked" -> timeIsOver ? Stream.concat(out, Stream.of(EvidenceLadder.Kind.NON_DELIVERED)) : out;
                default -> out;
            };
        }

        String mark() {
            return region + " " + key + " " + receiver;
        }
    }

    private final JdbcTemplate sql;
    private final EvidenceLadder ladder;
    private final MessageStore store;
    private final ReceiptSigner signer;
    private final PartnerDirectory partners;
    private final Vault vault;
    private final Clock clock;

    /** @param sql on the connections of the transactions in which steps are logged */
    DeliverySteps(JdbcTemplate sql, ReceiptSigner signer, PartnerDirectory partners, Vault vault, Clock clock) {
        this.sql = sql;
        this.ladder = new EvidenceLadder(sql);
        this.store = new MessageStore(sql);
        this.signer = signer;
        this.partners = partners;
        this.vault = vault;
        this.clock = clock;
    }

    @Override
    public EventLog following(EventLog log) {
        return events -> {
            log.record(events);
            follow(events);
        };
    }

    private void follow(Collection<CaseEvent> events) {
        List<UUID> told = events.stream()
                .filter(event -> event.deliveryId() != null && TELLING.contains(event.kind()))
                .map(CaseEvent::deliveryId)
                .distinct()
                .toList();
        if (told.isEmpty()) {
            return;
        }
        Map<String, Way> ways = new HashMap<>();
        List<EvidenceLadder.Step> steps = new ArrayList<>();
        for (Way way : sql.query(FOUND, Way::read, (Object) Columns.texts(told, UUID::toString))) {
            ways.put(way.mark(), way);
            way.steps().forEach(kind -> steps.add(step(way, kind)));
        }
        tell(ladder.record(steps), ways);
    }

    private EvidenceLadder.Step step(Way way, EvidenceLadder.Kind kind) {
        Instant now = clock.instant();
        return new EvidenceLadder.Step(
                new EvidenceLadder.Chain(way.region(), EvidenceLadder.Direction.RECEIVED),
                way.key(),
                kind,
                way.receiver(),
                now,
                place -> signer.further(kind, way.key(), way.digest(), way.receiver(), now, place));
    }

    /** Only what stands in a chain is told, and once. */
    private void tell(List<EvidenceLadder.Kept> appended, Map<String, Way> ways) {
        List<StoredMessage> messages = new ArrayList<>();
        List<Delivery> deliveries = new ArrayList<>();
        for (EvidenceLadder.Kept kept : appended) {
            String region = kept.chain().partner();
            if (partners.find(region)
                    .filter(partner -> partner.operations().containsKey(DOCUMENT))
                    .isPresent()) {
                Way way = ways.get(region + " " + kept.messageId() + " " + kept.receiver());
                StoredMessage message = message(kept, way);
                messages.add(message);
                deliveries.add(Delivery.of(message, region, Delivery.RETURN));
            }
        }
        store.save(messages);
        store.open(deliveries);
    }

    private StoredMessage message(EvidenceLadder.Kept kept, Way way) {
        UUID id = TimeOrderedId.next();
        Base64.Encoder base64 = Base64.getEncoder();
        byte[] body = Json.bytes(Json.object()
                .put("kind", kept.kind().name())
                .put("messageId", kept.messageId())
                .put("evidence", base64.encodeToString(kept.signed().evidence()))
                .put("signature", base64.encodeToString(kept.signed().signature()))
                .put("keyid", kept.signed().keyid()));
        return new StoredMessage(
                id,
                HUB,
                DOCUMENT,
                way.caseNo(),
                way.messageId(),
                vault.seal(body, "message.body", id),
                StoredMessage.digestOf(body),
                kept.at(),
                null);
    }
}
