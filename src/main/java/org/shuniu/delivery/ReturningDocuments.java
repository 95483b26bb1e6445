package org.shuniu.delivery;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.shuniu.document.CaseState;
import org.shuniu.store.CaseFile;
import org.shuniu.store.Delivery;
import org.shuniu.store.Json;
import org.shuniu.store.MessageStore;
import org.shuniu.store.StoredMessage;
import org.shuniu.store.TimeOrderedId;
import org.shuniu.vault.Vault;
import tools.jackson.databind.node.ObjectNode;

/** Accepts what receivers answer as messages of its own and sends them back to the sender of the case. */
final class ReturningDocuments {

    /**
     * A document on its way back.
     *
     * @param message null when the very same is accepted already
     * @param note what is remarkable about the answer, or null
     */
    record Returned(StoredMessage message, CaseFile file, List<Delivery> deliveries, String note) {}

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss");
    private static final ZoneId CITY = ZoneId.of("Asia/Shanghai");

    private final MessageStore store;
    private final Vault vault;
    private final Instant now;
    private final Set<String> told = new HashSet<>();

    ReturningDocuments(MessageStore store, Vault vault, Instant now) {
        this.store = store;
        this.vault = vault;
        this.now = now;
    }

    /** What a receiver said in its answer. */
    Returned said(Settlement settlement, Outcome.Said said, DeliveryStore.Row row, CaseFile file) {
        String key = said.eventId() == null
                ? "delivery:%s:%s".formatted(row.id(), said.document())
                : "event:%s".formatted(said.eventId());
        return accept(new MessageStore.Key(settlement.receiver(), key), said.document(), said.content(), row, file);
    }

    /** What a receiver's taking a document means for the case, where it said nothing itself. */
    Optional<Returned> implied(DeliveryStore.Row row, CaseFile file) {
        CaseState next = row.document().equals("withdrawal") ? CaseState.of("90") : CaseState.of("40");
        boolean tells = row.queue().equals(Delivery.WORK)
                && Set.of("application", "withdrawal").contains(row.document())
                && (row.document().equals("withdrawal") || row.receiver().equals(file.receiver()))
                && CaseState.of(file.status()).mayBecome(next);
        if (!tells) {
            return Optional.empty();
        }
        ObjectNode status = Json.object();
        status.put("caseNo", file.caseNo());
        status.put("status", next.code());
        status.put("statusTime", LocalDateTime.ofInstant(now, CITY).format(TIME));
        status.put("itemCode", file.itemCode());
        status.put("messageId", row.messageId().toString());
        String key = "delivery:%s:%s".formatted(row.id(), next.code());
        return Optional.of(accept(new MessageStore.Key(row.receiver(), key), "status", status, row, file));
    }

    private Returned accept(
            MessageStore.Key key, String document, ObjectNode content, DeliveryStore.Row row, CaseFile file) {
        byte[] body = Json.bytes(content);
        UUID id = TimeOrderedId.next();
        byte[] digest = Answers.sha256(body);
        Optional<String> needless = needless(key.partner(), document, content, file, digest);
        if (needless.isPresent()) {
            return new Returned(null, file, List.of(), needless.get());
        }
        MessageStore.Kept mine = new MessageStore.Kept(key, id, digest, new byte[0], now);
        if (store.take(List.of(mine)).isEmpty()) {
            boolean same = store.kept(key)
                    .filter(kept -> Arrays.equals(kept.digest(), digest))
                    .isPresent();
            return new Returned(
                    null, file, List.of(), same ? "the same answer again" : "differs from the answer that counts");
        }
        return progress(content, row, file, message(id, key.partner(), document, file, row, body, digest));
    }

    /** What says nothing new stays evidence: the sender has heard it, or it was overtaken by something later. */
    private Optional<String> needless(
            String partner, String document, ObjectNode content, CaseFile file, byte[] digest) {
        String mark =
                "%s %s %s".formatted(file.caseNo(), document, HexFormat.of().formatHex(digest));
        if (!told.add(mark) || store.holds(partner, file.caseNo(), document, digest)) {
            return Optional.of("the same answer again");
        }
        Optional<CaseState> said = CaseState.find(content.path("status").asString(""));
        CaseState now = CaseState.of(file.status());
        boolean late = document.equals("status")
                && said.isPresent()
                && !said.get().equals(now)
                && !now.mayBecome(said.get())
                && said.get().mayBecome(now);
        return late ? Optional.of("came late: the case stands at " + now.code()) : Optional.empty();
    }

    private StoredMessage message(
            UUID id,
            String partner,
            String document,
            CaseFile file,
            DeliveryStore.Row row,
            byte[] body,
            byte[] digest) {
        byte[] sealed = vault.seal(body, "message.body", id);
        return new StoredMessage(id, partner, document, file.caseNo(), row.messageId(), sealed, digest, now, null);
    }

    private Returned progress(ObjectNode content, DeliveryStore.Row row, CaseFile file, StoredMessage message) {
        String named = content.path("caseNo").asString(file.caseNo());
        if (!named.equals(file.caseNo())) {
            return parked(message, file, "the answer speaks of another case");
        }
        String status = content.path("status").asString("");
        if (CaseState.find(status).isEmpty()) {
            return parked(message, file, "the answer has no status that the hub knows");
        }
        boolean same = status.equals(file.status());
        if (!same && !CaseState.of(file.status()).mayBecome(CaseState.of(status))) {
            return parked(message, file, "status %s may not follow %s".formatted(status, file.status()));
        }
        CaseFile after = file.inStatus(status, now);
        after = message.document().equals("result") ? after.withResult(message.id()) : after;
        return new Returned(message, after, forward(message, row, after), null);
    }

    /** The sender hears it; a case that its centre has accepted goes on to the partner that decides it. */
    private List<Delivery> forward(StoredMessage message, DeliveryStore.Row row, CaseFile file) {
        Delivery back = Delivery.of(message, file.sender(), Delivery.RETURN);
        boolean acceptedByCentre = file.status().equals("30")
                && !row.receiver().equals(file.receiver())
                && row.document().equals("application");
        return acceptedByCentre ? List.of(back, store.forwarding(file, now)) : List.of(back);
    }

    private static Returned parked(StoredMessage message, CaseFile file, String reason) {
        StoredMessage parked = new StoredMessage(
                message.id(),
                message.partner(),
                message.document(),
                message.caseNo(),
                message.cause(),
                message.body(),
                message.digest(),
                message.acceptedAt(),
                reason);
        return new Returned(parked, file, List.of(), reason);
    }
}
