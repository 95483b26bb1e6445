package org.shuniu.recovery;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.shuniu.audit.AuditLog;
import org.shuniu.audit.People;
import org.shuniu.catalogue.Catalogue;
import org.shuniu.catalogue.FollowUp;
import org.shuniu.controlbus.ControlBus;
import org.shuniu.delivery.Hearers;
import org.shuniu.document.CaseTimes;
import org.shuniu.followup.FollowUps;
import org.shuniu.partner.PartnerDirectory;
import org.shuniu.store.CaseEvent;
import org.shuniu.store.CaseFile;
import org.shuniu.store.CaseFiles;
import org.shuniu.store.Delivery;
import org.shuniu.store.EventLog;
import org.shuniu.store.Json;
import org.shuniu.store.MessageStore;
import org.shuniu.store.Pools;
import org.shuniu.store.StoredMessage;
import org.shuniu.store.TimeOrderedId;
import org.shuniu.vault.Vault;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.databind.node.ObjectNode;

/**
 * Answers the sender of a case in the place of a receiver that the case can't reach: one person asks for it, another lets it go.
 *
 * <p>It is done once, and only where the receiver surely does not work on the case: nothing of it is under way to the receiver, nothing
 * has reached it or may have, nothing that it said is unread or waits for a person; and where the sender waits for no withdrawal of its
 * own, and nothing that is parked on the way to the sender would hold the answer. All this is looked at under the lock of the case,
 * which every settlement takes too; whatever comes first, the other sees it. The answer gives up what is parked and ends the case: a
 * result that comes all the same may not follow, is parked for a person and tells the sender nothing.
 */
public final class SenderAnswers {

    /**
     * An answer that somebody wants to give.
     *
     * @param receiver in whose place
     * @param stands the status of the case when it was asked for
     * @param status that the case comes to by it
     * @param state {@code asked}, {@code given} or {@code dropped}
     */
    public record Request(
            UUID id,
            String caseNo,
            String receiver,
            String stands,
            String status,
            String reason,
            String state,
            String madeBy,
            OffsetDateTime madeAt,
            @Nullable String decidedBy,
            @Nullable OffsetDateTime decidedAt) {}

    /**
     * Whether a person may answer a case.
     *
     * @param problem why not: {@code over}, {@code region}, {@code joint}, {@code moves}, {@code reached}, {@code doubt},
     *     {@code withdrawal}, {@code unread}, {@code said}, {@code behind} or {@code status}; empty where one may
     * @param receiver in whose place, or null
     * @param statuses that the answer may bring the case to
     */
    public record Standing(String problem, @Nullable String receiver, List<String> statuses) {
        static Standing not(String problem) {
            return new Standing(problem, null, List.of());
        }
    }

    /** Who speaks in the answer. */
    private static final String HUB = "hub";

    private static final String RESULT = "result";
    private static final int LONGEST = 1_000;

    private final Pools.Door door;
    private final JdbcTemplate sql;
    private final AnswerRequests requests;
    private final Standings standings;
    private final People people;
    private final Vault vault;
    private final ControlBus bus;
    private final EventLog events;
    private final AuditLog audit;
    private final FollowUps followUps;
    private final PartnerDirectory partners;
    private final Runnable wake;

    /** @param wake asks the redispatcher to look */
    SenderAnswers(
            Pools.Door door,
            Vault vault,
            ControlBus bus,
            EventLog events,
            AuditLog audit,
            FollowUps followUps,
            Catalogue catalogue,
            PartnerDirectory partners,
            Runnable wake) {
        this.door = door;
        this.sql = door.sql();
        this.requests = new AnswerRequests(sql, vault);
        this.standings = new Standings(sql, catalogue, partners);
        this.people = new People(sql);
        this.vault = vault;
        this.bus = bus;
        this.events = events;
        this.audit = audit;
        this.followUps = followUps;
        this.partners = partners;
        this.wake = wake;
    }

    /**
     * Asks for an answer; nothing is sent by this.
     *
     * @param receiver in whose place
     * @param status that the case is to come to
     * @param text what the sender is told
     * @return why it can't be asked for, or nothing
     */
    public String ask(String operator, String caseNo, String receiver, String status, String text, String reason) {
        String told = text.strip();
        if (told.isEmpty() || told.length() > LONGEST) {
            return "text";
        }
        try {
            return door.transaction().execute(transaction -> {
                CaseFile file = locked(caseNo).orElse(null);
                Standing standing = file == null ? Standing.not("over") : standings.of(file);
                if (!standing.problem().isEmpty()) {
                    return standing.problem();
                }
                if (!receiver.equals(standing.receiver())) {
                    return "moved";
                }
                if (!standing.statuses().contains(status)) {
                    return "status";
                }
                UUID id = TimeOrderedId.next();
                ObjectNode document = Json.object();
                document.put("caseNo", caseNo).put("status", status).put("itemCode", file.itemCode());
                document.putObject("outcome").put("description", told);
                requests.add(id, caseNo, receiver, file.status(), document, reason, operator);
                audit.record(
                        operator,
                        "answer-asked",
                        caseNo,
                        "in the place of %s: status %s instead of %s; %s"
                                .formatted(receiver, status, file.status(), reason));
                return "";
            });
        } catch (DuplicateKeyException asked) {
            return "asked";
        }
    }

    /**
     * Lets it go.
     *
     * @param mark of the text that the approver has read
     * @return why it can't go, or nothing
     */
    public String give(String approver, UUID id, String mark) {
        String caseNo = requests.find(id).map(Request::caseNo).orElse("");
        String problem = door.transaction().execute(transaction -> {
            CaseFile file = locked(caseNo).orElse(null);
            Request request =
                    requests.find(id).filter(one -> one.state().equals("asked")).orElse(null);
            if (file == null || request == null) {
                return "decided";
            }
            if (people.mayBeOne(request.madeBy(), approver)) {
                return "own";
            }
            Standing standing = standings.of(file);
            if (!standing.problem().isEmpty()) {
                return standing.problem();
            }
            boolean asItWas = file.status().equals(request.stands())
                    && request.receiver().equals(standing.receiver())
                    && standing.statuses().contains(request.status());
            if (!asItWas) {
                return "moved";
            }
            ObjectNode content = requests.content(id);
            if (!mark.equals(AnswerRequests.mark(content))) {
                return "unread-text";
            }
            answer(approver, request, file, content);
            return "";
        });
        if (problem.isEmpty()) {
            wake.run();
        }
        return problem;
    }

    /** Whoever thinks better of it, or of another's; false when it was decided before. */
    public boolean drop(String person, UUID id, String reason) {
        return Boolean.TRUE.equals(door.transaction().execute(transaction -> {
            Optional<Request> request = requests.find(id);
            request.ifPresent(one -> locked(one.caseNo()));
            if (request.isEmpty() || !requests.end(id, "dropped", person, null)) {
                return false;
            }
            String what = "asked for by %s; %s".formatted(request.get().madeBy(), reason);
            audit.record(person, "answer-dropped", request.get().caseNo(), what);
            return true;
        }));
    }

    /** The message and the end of what can't go on are one: a delivery that were left could still be sent. */
    private void answer(String approver, Request request, CaseFile file, ObjectNode content) {
        giveUp(approver, request);
        Instant now = Instant.now();
        content.put("resultTime", CaseTimes.write(now.atOffset(ZoneOffset.UTC)));
        byte[] bytes = Json.bytes(content);
        UUID id = TimeOrderedId.next();
        StoredMessage message = new StoredMessage(
                id,
                HUB,
                RESULT,
                file.caseNo(),
                file.applicationId(),
                vault.seal(bytes, "message.body", id),
                StoredMessage.digestOf(bytes),
                now,
                null);
        CaseFile after = file.inStatus(request.status(), now).withResult(id);
        new CaseFiles(sql).update(List.of(after));
        FollowUps.Change change = new FollowUps.Change(FollowUp.Trigger.REACHED, request.status(), after, id, content);
        FollowUps.Opened following = followUps.open(List.of(change), now);
        MessageStore store = new MessageStore(sql);
        List<StoredMessage> messages = new ArrayList<>(List.of(message));
        messages.addAll(following.messages());
        store.save(messages);
        List<Delivery> opened = new ArrayList<>();
        Hearers.of(file, partners).forEach(hearer -> opened.add(Delivery.of(message, hearer, Delivery.RETURN)));
        opened.addAll(following.deliveries());
        store.open(opened);
        List<CaseEvent> steps = new ArrayList<>();
        steps.add(new CaseEvent(
                now, file.caseNo(), id, null, "answered", request.receiver(), null, RESULT, message.digest()));
        steps.add(new CaseEvent(now, file.caseNo(), id, null, "status", null, request.status(), null));
        steps.addAll(following.events());
        events.record(steps);
        requests.end(request.id(), "given", approver, id);
        audit.record(
                approver,
                "answer-given",
                file.caseNo(),
                "in the place of %s: status %s instead of %s; asked for by %s; %s"
                        .formatted(
                                request.receiver(),
                                request.status(),
                                file.status(),
                                request.madeBy(),
                                request.reason()));
    }

    /** What waited behind one that is given up is parked by that, and given up in its turn. */
    private void giveUp(String approver, Request request) {
        String why = "the sender is answered by a person; " + request.reason();
        Optional<Standings.Way> parked = parked(request);
        while (parked.isPresent()) {
            bus.giveUp(approver, parked.get().id(), why, ControlBus.LaterOnes.PARK);
            parked = parked(request);
        }
    }

    private Optional<Standings.Way> parked(Request request) {
        return standings.ways(request.caseNo()).stream()
                .filter(way ->
                        way.receiver().equals(request.receiver()) && way.state().equals("parked"))
                .findFirst();
    }

    private Optional<CaseFile> locked(String caseNo) {
        return Optional.ofNullable(new CaseFiles(sql).lock(List.of(caseNo)).get(caseNo));
    }
}
