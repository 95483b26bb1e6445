package org.shuniu.delivery;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.shuniu.partner.DeliveryPolicy;
import org.shuniu.partner.PartnerDirectory;
import org.shuniu.partner.UnknownOutcome;
import org.shuniu.store.CaseEvent;
import org.shuniu.store.CaseFile;
import org.shuniu.store.CaseFiles;
import org.shuniu.store.Delivery;
import org.shuniu.store.MessageStore;
import org.shuniu.store.StoredMessage;
import org.shuniu.vault.Vault;

/** Writes one group of settlements within one transaction. */
final class SettlementGroup {

    private static final int GARBLED_AT_MOST = 3;

    private final MessageStore store;
    private final DeliveryStore deliveries;
    private final CaseFiles files;
    private final Answers answers;
    private final PartnerDirectory partners;
    private final RandomGenerator random;
    private final Instant now;
    private final ReturningDocuments returning;

    private final Map<String, CaseFile> cases = new HashMap<>();
    private final Set<String> changed = new LinkedHashSet<>();
    private final List<StoredMessage> messages = new ArrayList<>();
    private final List<Delivery> opened = new ArrayList<>();
    private final List<CaseEvent> events = new ArrayList<>();
    private final List<String[]> lanes = new ArrayList<>();
    private final SettledCounts counts = new SettledCounts();
    private List<Delivery> travelling = List.of();
    private boolean released;

    SettlementGroup(
            MessageStore store,
            DeliveryStore deliveries,
            CaseFiles files,
            Answers answers,
            Vault vault,
            PartnerDirectory partners,
            RandomGenerator random,
            Instant now) {
        this.store = store;
        this.deliveries = deliveries;
        this.files = files;
        this.answers = answers;
        this.partners = partners;
        this.random = random;
        this.now = now;
        this.returning = new ReturningDocuments(store, vault, now);
    }

    /** The lock of a case covers its lanes and deliveries. */
    void lockCases(Collection<Settlement> group) {
        cases.putAll(files.lock(group.stream().map(Settlement::caseNo).collect(Collectors.toSet())));
    }

    void settle(Settlement settlement) {
        DeliveryStore.Row row = deliveries.find(settlement.deliveryId()).orElseThrow();
        if (settlement.outcome() instanceof Outcome.Final answered) {
            finish(settlement, answered, row);
        } else if (settlement.outcome() instanceof Outcome.Invalid invalid) {
            keepAnswer(settlement, null, invalid.reason());
            park(settlement, invalid.reason(), invalid.fault());
        } else {
            keepAnswer(settlement, null, settlement.outcome().reason());
            if (settlement.claim() != null) {
                tryAgain(settlement);
            }
        }
    }

    private void tryAgain(Settlement settlement) {
        DeliveryPolicy policy = partners.partner(settlement.receiver()).delivery();
        boolean unknown = settlement.outcome() instanceof Outcome.Unknown;
        if (unknown && policy.unknownOutcome() == UnknownOutcome.NEITHER) {
            park(settlement, "outcome unknown: " + settlement.outcome().reason(), "receiver");
            return;
        }
        boolean garbled = unknown && settlement.answer() != null;
        Optional<Duration> delay = policy.delayAfter(settlement.claim().spent() + 1, random);
        if (delay.isEmpty() || garbled && settlement.claim().spent() + 1 >= GARBLED_AT_MOST) {
            park(settlement, "given up: " + settlement.outcome().reason(), "receiver");
            return;
        }
        Duration wait = delay.get();
        if (settlement.outcome() instanceof Outcome.Unavailable unavailable && unavailable.retryAfter() != null) {
            wait = unavailable.retryAfter().compareTo(wait) > 0 ? unavailable.retryAfter() : wait;
        }
        boolean ask = unknown && policy.unknownOutcome() == UnknownOutcome.ASK;
        if (deliveries.postpone(
                settlement.deliveryId(),
                settlement.claim(),
                wait,
                true,
                settlement.outcome().reason(),
                ask)) {
            counts.add(settlement.receiver(), SettledCounts.Kind.RETRIED, garbled, null);
            event(settlement, "postponed", null, settlement.outcome().reason());
        }
    }

    private void park(Settlement settlement, String reason, String fault) {
        if (deliveries.park(settlement.deliveryId(), reason, fault)) {
            counts.add(settlement.receiver(), SettledCounts.Kind.PARKED, true, null);
            event(settlement, "parked", null, reason);
        }
    }

    private void finish(Settlement settlement, Outcome.Final answered, DeliveryStore.Row row) {
        boolean refused = answered instanceof Outcome.Refused;
        boolean effective = deliveries.finish(row.id(), refused ? "refused" : "delivered", answered.reason());
        CaseFile file = cases.get(row.caseNo());
        if (effective) {
            counts.add(
                    row.receiver(),
                    refused ? SettledCounts.Kind.REFUSED : SettledCounts.Kind.DELIVERED,
                    true,
                    Duration.between(row.createdAt(), now));
            event(settlement, refused ? "refused" : "delivered", null, row.document());
            lanes.add(new String[] {row.caseNo(), row.receiver()});
        }
        if (answered.said() != null) {
            take(settlement, returning.said(settlement, answered.said(), row, file));
        } else {
            keepAnswer(settlement, null, effective ? null : "an answer to a delivery that is settled already");
            if (effective) {
                returning.implied(row, file).ifPresent(implied -> take(settlement.withoutAnswer(), implied));
            }
        }
    }

    private void take(Settlement settlement, ReturningDocuments.Returned returned) {
        keepAnswer(
                settlement,
                returned.message() == null ? null : returned.message().id(),
                returned.note());
        if (returned.message() == null) {
            return;
        }
        messages.add(returned.message());
        opened.addAll(returned.deliveries());
        CaseFile after = returned.file();
        if (!after.status().equals(cases.get(after.caseNo()).status())) {
            event(settlement, "status", after.status(), null);
        }
        cases.put(after.caseNo(), after);
        changed.add(after.caseNo());
        events.add(new CaseEvent(
                now,
                after.caseNo(),
                returned.message().id(),
                settlement.deliveryId(),
                returned.message().parkedReason() == null ? "returned" : "parked",
                settlement.receiver(),
                null,
                returned.message().document()));
    }

    private void keepAnswer(Settlement settlement, UUID messageId, String note) {
        Settlement.Answer answer = settlement.answer();
        if (answer == null) {
            return;
        }
        if (answer.stored()) {
            answers.markRead(answer.id(), settlement.deliveryId(), messageId, note);
        } else {
            answers.keepRead(settlement, messageId, note);
        }
    }

    private void event(Settlement settlement, String kind, String status, String detail) {
        events.add(new CaseEvent(
                now, settlement.caseNo(), null, settlement.deliveryId(), kind, settlement.receiver(), status, detail));
    }

    /** Writes what the settlements gathered, then lets the lanes go on. */
    void flush() {
        files.save(changed.stream().map(cases::get).toList());
        store.save(messages);
        travelling = store.open(opened);
        store.record(events);
        lanes.forEach(lane -> released |= !store.releaseNext(lane[0], lane[1]).isEmpty());
    }

    List<Delivery> travelling() {
        return travelling;
    }

    SettledCounts counts() {
        return counts;
    }

    boolean releasedAny() {
        return released;
    }
}
