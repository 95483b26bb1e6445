package org.shuniu.followup;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.shuniu.catalogue.Catalogue;
import org.shuniu.catalogue.FollowUp;
import org.shuniu.catalogue.FollowUp.Trigger;
import org.shuniu.catalogue.Item;
import org.shuniu.document.CaseState;
import org.shuniu.document.CaseTimes;
import org.shuniu.partner.PartnerDirectory;
import org.shuniu.store.CaseEvent;
import org.shuniu.store.CaseFile;
import org.shuniu.store.Delivery;
import org.shuniu.store.Json;
import org.shuniu.store.MessageStore;
import org.shuniu.store.StoredMessage;
import org.shuniu.store.TimeOrderedId;
import org.shuniu.vault.Vault;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.databind.node.ObjectNode;

/**
 * Asks other partners, once for each event of a case, for what the catalogue says that follows from it: a message of the hub's
 * own with a delivery of its own. Every method runs in its caller's transaction.
 */
public final class FollowUps {

    /**
     * Something that became of a case.
     *
     * @param status that was reached, or said
     * @param cause the message that says so
     * @param about what it says
     */
    public record Change(Trigger trigger, String status, CaseFile file, UUID cause, ObjectNode about) {}

    /** What is to be written together with the change. */
    public record Opened(List<StoredMessage> messages, List<Delivery> deliveries, List<CaseEvent> events) {

        static final Opened NOTHING = new Opened(List.of(), List.of(), List.of());
    }

    /** A rule that holds for a change, as far as the case itself tells. */
    record Match(Change change, FollowUp rule, String receiver) {}

    /** Who speaks in a follow-up. */
    private static final String HUB = "hub";

    private final Catalogue catalogue;
    private final PartnerDirectory partners;
    private final Vault vault;
    private final CaseServices services;
    private final MessageStore store;

    public FollowUps(JdbcTemplate sql, Catalogue catalogue, PartnerDirectory partners, Vault vault) {
        this.catalogue = catalogue;
        this.partners = partners;
        this.vault = vault;
        this.services = new CaseServices(sql, vault);
        this.store = new MessageStore(sql);
    }

    /** Whether a status that does not lead the case on is answered by a follow-up, and as what. */
    public Optional<Trigger> answers(CaseFile file, String status) {
        if (catalogue.followUps().stream()
                .noneMatch(rule ->
                        rule.trigger() != Trigger.REACHED && rule.status().equals(status))) {
            return Optional.empty();
        }
        if (file.status().equals(status) || services.wasIn(file.caseNo(), status)) {
            return has(Trigger.AGAIN, file, status) ? Optional.of(Trigger.AGAIN) : Optional.empty();
        }
        boolean closed = CaseState.of(file.status()) instanceof CaseState.Closed;
        return closed && has(Trigger.LATE, file, status) ? Optional.of(Trigger.LATE) : Optional.empty();
    }

    private boolean has(Trigger trigger, CaseFile file, String status) {
        return !matches(new Change(trigger, status, file, null, Json.object()), today(Instant.now()))
                .isEmpty();
    }

    /** Keeps what an application asks for. */
    public void wishes(String caseNo, Set<String> wishes) {
        services.keep(caseNo, wishes);
    }

    /** What follows from these changes. */
    public Opened open(Collection<Change> changes, Instant now) {
        List<Match> matches = changes.stream()
                .flatMap(change -> matches(change, today(now)).stream())
                .toList();
        List<Match> holding = services.holding(matches);
        if (holding.isEmpty()) {
            return Opened.NOTHING;
        }
        List<StoredMessage> messages = new ArrayList<>();
        List<Delivery> deliveries = new ArrayList<>();
        List<CaseEvent> events = new ArrayList<>();
        services.applications(holding).forEach((match, application) -> {
            StoredMessage message = message(match, application, now);
            if (isFirst(match, message)) {
                messages.add(message);
                deliveries.add(Delivery.of(message, match.receiver(), Delivery.WORK)
                        .after(match.rule().delay()));
                events.add(event(match, message));
            }
        });
        return new Opened(messages, deliveries, events);
    }

    private List<Match> matches(Change change, LocalDate day) {
        return catalogue.followUps().stream()
                .filter(rule -> rule.trigger() == change.trigger()
                        && (rule.status().isEmpty() || rule.status().equals(change.status()))
                        && !day.isBefore(rule.validFrom())
                        && !day.isAfter(rule.validTo())
                        && (!rule.fee() || hasFee(change.file(), day)))
                .map(rule -> new Match(
                        change, rule, rule.receiver().isEmpty() ? change.file().receiver() : rule.receiver()))
                .filter(this::isTaken)
                .toList();
    }

    private boolean hasFee(CaseFile file, LocalDate day) {
        return catalogue.itemOfCase(file.itemCode(), day).filter(Item::fee).isPresent();
    }

    /** A partner that is not connected, or has no operation for it, is asked for nothing. */
    private boolean isTaken(Match match) {
        return partners.find(match.receiver())
                .filter(partner -> partner.operations().containsKey(match.rule().document()))
                .isPresent();
    }

    private StoredMessage message(Match match, ObjectNode application, Instant now) {
        Change change = match.change();
        ObjectNode body = Json.object()
                .put("caseNo", change.file().caseNo())
                .put("trigger", change.trigger().name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .put("status", change.status())
                .put("statusTime", CaseTimes.write(now.atOffset(ZoneOffset.UTC)))
                .put("itemCode", change.file().itemCode());
        body.setAll(FollowUpContact.of(application));
        body.set("about", change.about());
        byte[] bytes = Json.bytes(body);
        UUID id = TimeOrderedId.next();
        return new StoredMessage(
                id,
                HUB,
                match.rule().document(),
                change.file().caseNo(),
                change.cause(),
                vault.seal(bytes, "message.body", id),
                StoredMessage.digestOf(bytes),
                now,
                null);
    }

    private boolean isFirst(Match match, StoredMessage message) {
        String key = "follow-up:%s:%s:%s:%s:%s"
                .formatted(
                        match.change().cause(),
                        match.change().status(),
                        match.receiver(),
                        message.document(),
                        match.rule().delay());
        MessageStore.Kept kept = new MessageStore.Kept(
                new MessageStore.Key(HUB, key), message.id(), message.digest(), new byte[0], message.acceptedAt());
        return !store.take(List.of(kept)).isEmpty();
    }

    private static CaseEvent event(Match match, StoredMessage message) {
        return new CaseEvent(
                message.acceptedAt(),
                message.caseNo(),
                message.id(),
                null,
                "followed-up",
                match.receiver(),
                null,
                message.document(),
                message.digest());
    }

    private static LocalDate today(Instant now) {
        return LocalDate.ofInstant(now, CaseTimes.SHANGHAI);
    }
}
