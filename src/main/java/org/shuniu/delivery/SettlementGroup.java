package org.shuniu.delivery;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.shuniu.enrichment.Enrichments;
import org.shuniu.followup.FollowUps;
import org.shuniu.joint.JointCases;
import org.shuniu.notice.Notices;
import org.shuniu.partner.Partner;
import org.shuniu.partner.PartnerDirectory;
import org.shuniu.store.CaseEvent;
import org.shuniu.store.CaseFile;
import org.shuniu.store.CaseFiles;
import org.shuniu.store.Delivery;
import org.shuniu.store.EventLog;
import org.shuniu.store.Lane;
import org.shuniu.store.MessageStore;
import org.shuniu.store.PaperStep;
import org.shuniu.store.Released;
import org.shuniu.store.StoredMessage;
import org.shuniu.vault.Vault;

/** Writes one group of settlements within one transaction. */
final class SettlementGroup {

    private static final String REPORT = "report";
    private static final String PAPER = "paper";

    private final MessageStore store;
    private final EventLog log;
    private final DeliveryStore deliveries;
    private final CaseFiles files;
    private final Answers answers;
    private final NextStep next;
    private final Instant now;
    private final JointWork joint;
    private final ReturningDocuments returning;
    private final Notices notices;
    private final Rejections rejections;
    private final PartnerDirectory partners;
    private final Enquiries enquiries;
    private final FollowUps followUps;
    private final Enrichments enrichments;

    private final Map<String, CaseFile> cases = new HashMap<>();
    private final Set<String> changed = new LinkedHashSet<>();
    private final List<StoredMessage> messages = new ArrayList<>();
    private final List<Delivery> opened = new ArrayList<>();
    private final List<CaseEvent> events = new ArrayList<>();
    private final List<Answers.Kept> kept = new ArrayList<>();
    private final List<Lane> lanes = new ArrayList<>();
    private final List<UUID> stuck = new ArrayList<>();
    private final List<UUID> rejected = new ArrayList<>();
    private final List<UUID> over = new ArrayList<>();
    private final List<UUID> refusedUnsaid = new ArrayList<>();
    private final List<Enquiries.Owed> owed = new ArrayList<>();
    private final List<UUID> unknown = new ArrayList<>();
    private final List<FollowUps.Change> changes = new ArrayList<>();
    private final List<Enrichments.Answered> given = new ArrayList<>();
    private final List<Enrichments.Opened> renewed = new ArrayList<>();
    private final List<UUID> completed = new ArrayList<>();
    private final List<UUID> needless = new ArrayList<>();
    private final SettledCounts counts = new SettledCounts();
    private List<Delivery> travelling = List.of();
    private List<Released> released = List.of();
    private List<Released> goingOn = List.of();

    SettlementGroup(
            MessageStore store,
            EventLog log,
            DeliveryStore deliveries,
            CaseFiles files,
            Answers answers,
            Enquiries enquiries,
            Vault vault,
            PartnerDirectory partners,
            RandomGenerator random,
            Instant now,
            Notices notices,
            FollowUps followUps,
            Enrichments enrichments,
            JointCases joint) {
        this.store = store;
        this.log = log;
        this.deliveries = deliveries;
        this.files = files;
        this.answers = answers;
        this.enquiries = enquiries;
        this.partners = partners;
        this.next = new NextStep(
                partners, random, settlement -> deliveries.probes(settlement.deliveryId(), settlement.receiver()));
        this.now = now;
        this.joint = new JointWork(joint, store, vault, now);
        this.returning = new ReturningDocuments(store, deliveries, vault, followUps, partners, this.joint, now);
        this.notices = notices;
        this.rejections = new Rejections(vault, now);
        this.followUps = followUps;
        this.enrichments = enrichments;
    }

    /** The lock of a case covers its lanes and deliveries. Settlements of one case follow each other in rounds. */
    void write(Collection<Settlement> group) {
        cases.putAll(files.lock(group.stream().map(Settlement::caseNo).collect(Collectors.toSet())));
        List<Settlement> left = group.stream()
                .sorted(Comparator.comparing(Settlement::deliveryId))
                .toList();
        while (!left.isEmpty()) {
            Map<String, Settlement> round = new LinkedHashMap<>();
            left.forEach(settlement -> round.putIfAbsent(settlement.caseNo(), settlement));
            settle(List.copyOf(round.values()));
            left = left.stream()
                    .filter(settlement -> round.get(settlement.caseNo()) != settlement)
                    .toList();
        }
        flush();
    }

    private void settle(List<Settlement> round) {
        Map<UUID, DeliveryStore.Row> rows =
                deliveries.find(round.stream().map(Settlement::deliveryId).toList());
        Set<UUID> sentBack = deliveries.rejected(round.stream()
                .filter(SettlementGroup::isOfAFile)
                .map(Settlement::deliveryId)
                .toList());
        List<Settlement> finals = new ArrayList<>();
        List<Settlement> others = new ArrayList<>();
        for (Settlement settlement : round) {
            if (!rows.containsKey(settlement.deliveryId())) {
                throw new IllegalStateException("Delivery %s is not there".formatted(settlement.deliveryId()));
            }
            if (Rejections.isOne(settlement)) {
                reject(settlement, rows.get(settlement.deliveryId()));
            } else if (!isOfAFile(settlement) || !sentBack.contains(settlement.deliveryId())) {
                (settlement.outcome() instanceof Outcome.Final ? finals : others).add(settlement);
            }
        }
        finish(finals, rows);
        postponeOrPark(others);
        round.stream()
                .filter(settlement -> isQuestion(settlement, rows.get(settlement.deliveryId())))
                .forEach(settlement -> counts.add(
                        settlement.receiver(), SettledCounts.Kind.ASKED, heard(settlement), null, reason(settlement)));
    }

    /** A call about a delivery that its receiver has: it changes nothing there, and tells whether the receiver answers. */
    private static boolean isQuestion(Settlement settlement, DeliveryStore.Row row) {
        return settlement.claim() != null && row.state().equals("delivered");
    }

    /** A file that is on its way settles its rows without an answer, and so does the call that finds it gone already. */
    private static boolean isOfAFile(Settlement settlement) {
        return settlement.answer() == null
                && (settlement.claim() == null || settlement.outcome() instanceof Outcome.Delivered);
    }

    private void reject(Settlement settlement, DeliveryStore.Row row) {
        Outcome.Invalid outcome = (Outcome.Invalid) settlement.outcome();
        if (Rejections.contradicts(row, cases.get(row.caseNo()))) {
            StoredMessage message = rejections.contradiction(settlement, row);
            messages.add(message);
            keepAnswer(settlement, message.id(), message.parkedReason());
            events.add(new CaseEvent(
                    now,
                    row.caseNo(),
                    message.id(),
                    row.id(),
                    "parked",
                    row.receiver(),
                    null,
                    message.parkedReason(),
                    message.digest()));
            return;
        }
        if (answers.remarkedBefore(settlement)) {
            keepAnswer(settlement, null, "the same answer again");
            return;
        }
        keepAnswer(settlement, null, outcome.reason());
        if (deliveries.reject(row.id(), outcome.reason(), outcome.fault())) {
            counts.add(row.receiver(), SettledCounts.Kind.PARKED, SettledCounts.Heard.NOTHING, null, outcome.reason());
            event(settlement, "parked", null, outcome.reason());
            stuck.add(row.id());
            lanes.add(new Lane(row.caseNo(), row.receiver()));
        }
    }

    private void postponeOrPark(List<Settlement> round) {
        Map<Settlement, DeliveryStore.Postponement> postponed = new LinkedHashMap<>();
        Map<Settlement, DeliveryStore.Parking> parked = new LinkedHashMap<>();
        for (Settlement settlement : round) {
            keepAnswer(settlement, null, settlement.outcome().reason());
            if (settlement.outcome() instanceof Outcome.NeverReceived) {
                unknown.add(settlement.deliveryId());
            }
            next.decide(settlement)
                    .ifPresent(decision -> decision.accept(
                            postponement -> postponed.put(settlement, postponement),
                            parking -> parked.put(settlement, parking)));
        }
        boolean[] waits = deliveries.postpone(List.copyOf(postponed.values()));
        int i = 0;
        for (Settlement settlement : postponed.keySet()) {
            boolean waiting = waits[i++];
            if (waiting && settlement.outcome() instanceof Outcome.CopiesExpired expired) {
                deliveries.giveProbeBack(settlement.deliveryId(), settlement.receiver());
                renewed.add(enrichments.renew(
                        settlement.deliveryId(), expired.uses(), cases.get(settlement.caseNo()), now));
            } else if (waiting && !(settlement.outcome() instanceof Outcome.NotBegun)) {
                waits(settlement);
            }
        }
        boolean[] ended = deliveries.park(List.copyOf(parked.values()));
        i = 0;
        for (Map.Entry<Settlement, DeliveryStore.Parking> entry : parked.entrySet()) {
            if (ended[i++]) {
                counts.add(
                        entry.getKey().receiver(),
                        SettledCounts.Kind.PARKED,
                        heard(entry.getKey()),
                        null,
                        reason(entry.getKey()));
                event(entry.getKey(), "parked", null, entry.getValue().reason());
                stuck.add(entry.getValue().id());
                ofARegion(entry.getKey()).ifPresent(rejected::add);
            }
        }
    }

    private void waits(Settlement settlement) {
        boolean gathered = settlement.outcome() instanceof Outcome.Gathered;
        if (!gathered) {
            counts.add(settlement.receiver(), SettledCounts.Kind.RETRIED, heard(settlement), null, reason(settlement));
        }
        event(
                settlement,
                gathered ? "gathered" : "postponed",
                null,
                settlement.outcome().reason());
    }

    /** A garbled answer is one all the same; what came by itself does not tell whether the receiver can be called. */
    private static SettledCounts.Heard heard(Settlement settlement) {
        Outcome outcome = settlement.outcome();
        if (settlement.claim() == null
                || outcome instanceof Outcome.Untranslatable
                || outcome instanceof Outcome.NotBegun
                || outcome instanceof Outcome.CopiesExpired) {
            return SettledCounts.Heard.NOTHING;
        }
        if (outcome instanceof Outcome.CredentialsRefused) {
            return SettledCounts.Heard.CREDENTIALS_REFUSED;
        }
        boolean silent = outcome instanceof Outcome.Unavailable
                || outcome instanceof Outcome.Unknown && settlement.answer() == null;
        return silent ? SettledCounts.Heard.SILENCE : SettledCounts.Heard.ANSWER;
    }

    private void finish(List<Settlement> finals, Map<UUID, DeliveryStore.Row> rows) {
        List<UUID> unsigned = finals.stream()
                .filter(settlement -> awaitsReceipt(settlement, rows.get(settlement.deliveryId())))
                .map(Settlement::deliveryId)
                .toList();
        store.wake(unsigned);
        Set<UUID> effective = deliveries.finish(finals.stream()
                .filter(settlement -> !unsigned.contains(settlement.deliveryId()))
                .map(settlement -> new DeliveryStore.Finish(
                        settlement.deliveryId(),
                        refused(settlement) ? "refused" : "delivered",
                        settlement.outcome().reason(),
                        settlement.translation(),
                        asker(settlement)))
                .toList());
        List<ReturningDocuments.Candidate> candidates = new ArrayList<>();
        for (Settlement settlement : finals) {
            DeliveryStore.Row row = rows.get(settlement.deliveryId());
            boolean ends = effective.contains(settlement.deliveryId());
            if (ends) {
                finished(settlement, row);
                Optional.of(settlement)
                        .filter(SettlementGroup::refused)
                        .flatMap(this::ofARegion)
                        .ifPresent(rejected::add);
            }
            Outcome.Said said = ((Outcome.Final) settlement.outcome()).said();
            if (ends || settlement.claim() != null && !settlement.claim().asked()) {
                owe(settlement, said, row);
            }
            if (enrichments.isStep(row.receiver(), row.document())) {
                gives(settlement, said, row, ends);
            } else if (said != null && said.document().equals(REPORT)) {
                report(settlement, said);
            } else if (said != null && said.document().equals(PAPER)) {
                paper(settlement, said);
            } else if (said != null) {
                candidates.add(returning.said(settlement, said, row, cases.get(row.caseNo())));
            } else {
                keepAnswer(settlement, null, ends ? null : needless(row));
                if (ends && refused(settlement)) {
                    refusedUnsaid.add(row.id());
                } else if (ends) {
                    returning
                            .implied(settlement.withoutAnswer(), row, cases.get(row.caseNo()))
                            .ifPresent(candidates::add);
                }
            }
        }
        List<ReturningDocuments.Returned> returned = returning.accept(candidates);
        for (int i = 0; i < returned.size(); i++) {
            take(candidates.get(i), returned.get(i));
        }
    }

    private Optional<UUID> ofARegion(Settlement settlement) {
        return partners.find(settlement.receiver()).filter(Partner::isRegion).map(region -> settlement.deliveryId());
    }

    /** Who has asked, and was told that the receiver has it, but no result. */
    private static UUID asker(Settlement settlement) {
        boolean asked = settlement.claim() != null && settlement.claim().asked();
        return asked
                        && settlement.outcome() instanceof Outcome.Delivered delivered
                        && (delivered.said() == null
                                || !delivered.said().document().equals("result"))
                ? settlement.claim().owner()
                : null;
    }

    private static String needless(DeliveryStore.Row row) {
        return row.state().equals("pending")
                ? "an answer to a question from before the delivery was sent again"
                : "an answer to a delivery that is settled already";
    }

    /**
     * What another hub says of a case shows that it has the message, but the line may have broken under its signed receipt: the
     * message goes on until that is here. Nobody tries for one that waits for a person.
     */
    private boolean awaitsReceipt(Settlement settlement, DeliveryStore.Row row) {
        return settlement.claim() == null
                && row.state().equals("pending")
                && partners.partner(settlement.receiver()).isRegion();
    }

    /** A partner that took an application and decides it later owes the result. */
    private void owe(Settlement settlement, Outcome.Said said, DeliveryStore.Row row) {
        boolean later = !refused(settlement)
                && (said == null || !said.document().equals("result"))
                && row.document().equals("application")
                && (row.receiver().equals(cases.get(row.caseNo()).receiver())
                        || joint.isAtWork(cases.get(row.caseNo()), row.receiver()));
        if (later) {
            partners.partner(row.receiver())
                    .enquiry()
                    .ifPresent(policy -> owed.add(new Enquiries.Owed(
                            row.id(), row.receiver(), row.caseNo(), said == null ? null : said.ticket(), policy)));
        }
    }

    /** What became of a message on its last way, such as an SMS: seen in the case's life, and nothing follows from it. */
    private void report(Settlement settlement, Outcome.Said said) {
        keepAnswer(settlement, null, REPORT);
        String state = said.content().path("state").asString("");
        event(settlement, "reported", null, ReadAnswer.Report.shown(state));
    }

    /** Where a courier has the paper of a case; what comes too late stays evidence. */
    private void paper(Settlement settlement, Outcome.Said said) {
        CaseFile file = cases.get(settlement.caseNo());
        Optional<PaperStep> step = PaperStep.of(said.content().path("step").asString(""));
        Optional<CaseFile> moved = step.flatMap(known -> known.next(file));
        keepAnswer(settlement, null, moved.isPresent() ? PAPER : "came late: the paper is elsewhere");
        moved.ifPresent(after -> {
            cases.put(after.caseNo(), after);
            changed.add(after.caseNo());
            event(settlement, step.get().event(), null, waybill(said));
        });
    }

    /** A courier's number and nothing else: a text could name a person. */
    private static String waybill(Outcome.Said said) {
        String number = said.content().path("waybillNo").asString("");
        return number.matches("[A-Za-z0-9-]{1,50}") ? number : null;
    }

    /** What a library gives completes another delivery and is no message of the case. */
    private void gives(Settlement settlement, Outcome.Said said, DeliveryStore.Row row, boolean ends) {
        keepAnswer(settlement, null, "for another delivery");
        String reason = settlement.outcome().reason() == null
                ? "the answer holds no certificate"
                : settlement.outcome().reason();
        if (!ends && settlement.answer() != null) {
            needless.add(settlement.answer().id());
        }
        boolean gave = !refused(settlement) && said != null;
        given.add(new Enrichments.Answered(
                row.messageId(),
                gave ? said.content() : null,
                gave ? null : reason,
                settlement.answer() == null ? null : settlement.answer().id()));
    }

    private static boolean refused(Settlement settlement) {
        return settlement.outcome() instanceof Outcome.Refused;
    }

    private void count(Settlement settlement, DeliveryStore.Row row) {
        counts.add(
                row.receiver(),
                refused(settlement) ? SettledCounts.Kind.REFUSED : SettledCounts.Kind.DELIVERED,
                heard(settlement),
                Duration.between(row.createdAt(), now),
                reason(settlement));
    }

    private static String reason(Settlement settlement) {
        return settlement.outcome().reason();
    }

    private void finished(Settlement settlement, DeliveryStore.Row row) {
        count(settlement, row);
        event(settlement, refused(settlement) ? "refused" : "delivered", null, row.document() + settlement.versions());
        lanes.add(new Lane(row.caseNo(), row.receiver()));
        if (row.enriched()) {
            completed.add(row.id());
        }
        if (settlement.claim() == null
                || notices.mayHaveTold(row.createdAt(), settlement.claim().number())) {
            over.add(row.id());
        }
    }

    private void take(ReturningDocuments.Candidate candidate, ReturningDocuments.Returned returned) {
        Settlement settlement = candidate.settlement();
        keepAnswer(
                settlement,
                returned.message() == null ? null : returned.message().id(),
                returned.note());
        if (returned.message() == null) {
            return;
        }
        messages.add(returned.message());
        if (returned.message().parkedReason() != null) {
            notices.parked(returned.message(), returned.file());
        }
        opened.addAll(returned.deliveries());
        // Of a case that several offices decide: what begins now goes out here, and not when it was taken in.
        returned.deliveries().stream()
                .filter(delivery -> delivery.queue().equals(Delivery.WORK) && JointWork.PASSED.equals(returned.note()))
                .forEach(delivery -> events.add(new CaseEvent(
                        now,
                        delivery.caseNo(),
                        delivery.messageId(),
                        null,
                        "routed",
                        delivery.receiver(),
                        null,
                        null)));
        CaseFile after = returned.file();
        if (returned.trigger() != null) {
            changes.add(new FollowUps.Change(
                    returned.trigger(),
                    candidate.content().path("status").asString(""),
                    after,
                    returned.message().id(),
                    candidate.content()));
        }
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
                returned.message().document(),
                returned.message().digest()));
    }

    private void keepAnswer(Settlement settlement, UUID messageId, String note) {
        if (settlement.answer() != null) {
            kept.add(new Answers.Kept(settlement, messageId, note));
        }
    }

    private void event(Settlement settlement, String kind, String status, String detail) {
        events.add(new CaseEvent(
                now, settlement.caseNo(), null, settlement.deliveryId(), kind, settlement.receiver(), status, detail));
    }

    /** Writes what the settlements gathered, then lets the lanes go on. */
    private void flush() {
        files.update(changed.stream().map(cases::get).toList());
        FollowUps.Opened following = followUps.open(changes, now);
        messages.addAll(following.messages());
        opened.addAll(following.deliveries());
        events.addAll(following.events());
        complete();
        deliveries.recorded(rejected);
        store.save(messages);
        answers.keep(kept);
        enquiries.open(owed);
        enquiries.repeat(unknown);
        travelling = store.open(opened, this::isForSender);
        log.record(events);
        notices.parked(stuck);
        notices.refused(refusedUnsaid);
        notices.over(over);
        released = store.releaseNext(lanes);
        goingOn = store.travelling(released);
        enrichments.erase(completed);
        enrichments.forget(needless);
    }

    private boolean isForSender(Delivery delivery) {
        CaseFile file = cases.get(delivery.caseNo());
        return file != null && file.sender().equals(delivery.receiver());
    }

    /** What is opened may need something of others first, and what others gave lets it go on. */
    private void complete() {
        Enrichments.Opened next = enrichments.advance(given, now);
        List<Enrichments.Need> needs = opened.stream()
                .map(delivery -> new Enrichments.Need(delivery, null, cases.get(delivery.caseNo())))
                .toList();
        Enrichments.Opened held = enrichments.open(needs, now);
        opened.clear();
        renewed.addAll(List.of(next, held));
        for (Enrichments.Opened some : renewed) {
            messages.addAll(some.messages());
            opened.addAll(some.deliveries());
            events.addAll(some.events());
            needless.addAll(some.needless());
        }
    }

    List<Delivery> travelling() {
        return travelling;
    }

    SettledCounts counts() {
        return counts;
    }

    /** What waited in its lane behind what is over, and may travel at once. */
    List<Released> goingOn() {
        return goingOn;
    }

    /** Whether something is due that nobody sends but the redispatcher. */
    boolean leavesAny() {
        return released.size() > goingOn.size() || !given.isEmpty();
    }
}
