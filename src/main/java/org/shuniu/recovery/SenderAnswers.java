package org.shuniu.recovery;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.shuniu.audit.AuditLog;
import org.shuniu.audit.People;
import org.shuniu.catalogue.FollowUp;
import org.shuniu.controlbus.ControlBus;
import org.shuniu.delivery.Hearers;
import org.shuniu.document.CaseState;
import org.shuniu.document.CaseTimes;
import org.shuniu.followup.FollowUps;
import org.shuniu.joint.JointCases;
import org.shuniu.partner.Partner;
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
 * has reached it or may have, nothing that it said is unread or waits for a person. All this is looked at under the lock of the case,
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
     *     {@code unread}, {@code said} or {@code status}; empty where one may
     * @param receiver in whose place, or null
     * @param statuses that the answer may bring the case to
     */
    public record Standing(String problem, @Nullable String receiver, List<String> statuses) {
        private static Standing not(String problem) {
            return new Standing(problem, null, List.of());
        }
    }

    private record Way(UUID id, String document, String receiver, String state, boolean held, boolean doubt) {
        boolean ended() {
            return state.equals("parked") || state.equals("undeliverable");
        }
    }

    /** Who speaks in the answer. */
    private static final String HUB = "hub";

    private static final String SEALED = "answer_request.body";
    private static final String RESULT = "result";
    private static final int LONGEST = 1_000;
    private static final int MOST = 200;

    private static final String WAYS = """
            select d.id, d.document, d.receiver, d.state, d.held,
                coalesce(d.claim_until > now(), false) or\s""" + PlanStore.DOUBLE + """
                 as doubt
            from delivery d where d.case_no = ? and d.queue = 'application'
                and d.document in ('application', 'supplement', 'withdrawal') order by d.id
            """;

    /** Of another case there may be one that nobody will ever read: it keeps this one waiting for a moment only. */
    private static final String UNREAD = """
            select exists (select 1 from answer where partner = ? and read_at is null
                and (received_at > now() - interval '2 minutes'
                    or delivery_id in (select id from delivery where case_no = ?)))
            """;

    private static final String SAID = """
            select exists (select 1 from message where case_no = ? and partner = ? and parked_reason is not null
                and parked_ended_at is null)
            """;

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

    private final Pools.Door door;
    private final JdbcTemplate sql;
    private final Vault vault;
    private final ControlBus bus;
    private final EventLog events;
    private final AuditLog audit;
    private final FollowUps followUps;
    private final JointCases joint;
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
            JointCases joint,
            PartnerDirectory partners,
            Runnable wake) {
        this.door = door;
        this.sql = door.sql();
        this.vault = vault;
        this.bus = bus;
        this.events = events;
        this.audit = audit;
        this.followUps = followUps;
        this.joint = joint;
        this.partners = partners;
        this.wake = wake;
    }

    /** How a case stands, of which nobody holds the lock: it may stand otherwise in the next moment. */
    public Standing of(String caseNo) {
        return new CaseFiles(sql).find(caseNo).map(this::standing).orElse(Standing.not("over"));
    }

    /** The newest request of a case. */
    public Optional<Request> last(String caseNo) {
        return sql
                .query(
                        "select * from answer_request where case_no = ? order by made_at desc limit 1",
                        SenderAnswers::request,
                        caseNo)
                .stream()
                .findFirst();
    }

    public Optional<Request> find(UUID id) {
        return sql.query("select * from answer_request where id = ?", SenderAnswers::request, id).stream()
                .findFirst();
    }

    /**
     * Those that wait for a second person, oldest first.
     *
     * @param seen in the place of these receivers, or null for all
     */
    public List<Request> open(String @Nullable [] seen) {
        return sql.query(OPEN, SenderAnswers::request, seen, seen, MOST);
    }

    /** What the sender would be told, for the person who decides on it. */
    public String text(UUID id) {
        return content(id).path("outcome").path("description").asString("");
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
                Standing standing = file == null ? Standing.not("over") : standing(file);
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
                byte[] sealed = vault.seal(Json.bytes(document), SEALED, id);
                sql.update(ASK, id, caseNo, receiver, file.status(), status, sealed, reason, operator);
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
     * @return why it can't go, or nothing
     */
    public String give(String approver, UUID id) {
        String caseNo = find(id).map(Request::caseNo).orElse("");
        String problem = door.transaction().execute(transaction -> {
            CaseFile file = locked(caseNo).orElse(null);
            Request request =
                    find(id).filter(one -> one.state().equals("asked")).orElse(null);
            if (file == null || request == null) {
                return "decided";
            }
            if (new People(sql).mayBeOne(request.madeBy(), approver)) {
                return "own";
            }
            Standing standing = standing(file);
            if (!standing.problem().isEmpty()) {
                return standing.problem();
            }
            boolean asItWas = file.status().equals(request.stands())
                    && request.receiver().equals(standing.receiver())
                    && standing.statuses().contains(request.status());
            if (!asItWas) {
                return "moved";
            }
            answer(approver, request, file);
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
            Optional<Request> request = find(id);
            request.ifPresent(one -> locked(one.caseNo()));
            if (request.isEmpty() || sql.update(END, "dropped", person, null, id) == 0) {
                return false;
            }
            String what = "asked for by %s; %s".formatted(request.get().madeBy(), reason);
            audit.record(person, "answer-dropped", request.get().caseNo(), what);
            return true;
        }));
    }

    /** The message and the end of what can't go on are one: a delivery that were left could still be sent. */
    private void answer(String approver, Request request, CaseFile file) {
        giveUp(approver, request);
        Instant now = Instant.now();
        ObjectNode content = content(request.id());
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
        sql.update(END, "given", approver, id, request.id());
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
        Optional<Way> parked = parked(request);
        while (parked.isPresent()) {
            bus.giveUp(approver, parked.get().id(), why, ControlBus.LaterOnes.PARK);
            parked = parked(request);
        }
    }

    private Optional<Way> parked(Request request) {
        return ways(request.caseNo()).stream()
                .filter(way ->
                        way.receiver().equals(request.receiver()) && way.state().equals("parked"))
                .findFirst();
    }

    private Standing standing(CaseFile file) {
        CaseState state = CaseState.of(file.status());
        if (!(state instanceof CaseState.Open) || file.resultId() != null) {
            return Standing.not("over");
        }
        if (partners.find(file.sender()).filter(Partner::isRegion).isPresent()) {
            return Standing.not("region");
        }
        if (!joint.parts(file.caseNo(), file.itemCode()).isEmpty()) {
            return Standing.not("joint");
        }
        List<Way> ways = ways(file.caseNo());
        Optional<Way> last = ways.stream()
                .filter(way -> way.document().equals("application"))
                .reduce((earlier, later) -> later);
        if (last.isEmpty() || !last.get().ended()) {
            return Standing.not("moves");
        }
        String receiver = last.get().receiver();
        List<Way> there =
                ways.stream().filter(way -> way.receiver().equals(receiver)).toList();
        // What is held waits behind what is parked, and has never left.
        if (ways.stream()
                .anyMatch(way -> way.state().equals("pending")
                        && !(way.held() && way.receiver().equals(receiver)))) {
            return Standing.not("moves");
        }
        if (there.stream().anyMatch(way -> Set.of("delivered", "refused").contains(way.state()))) {
            return Standing.not("reached");
        }
        if (there.stream().anyMatch(Way::doubt)) {
            return Standing.not("doubt");
        }
        if (is(UNREAD, receiver, file.caseNo())) {
            return Standing.not("unread");
        }
        if (is(SAID, file.caseNo(), receiver)) {
            return Standing.not("said");
        }
        List<String> statuses = statuses(state);
        return statuses.isEmpty() ? Standing.not("status") : new Standing("", receiver, statuses);
    }

    /** A person may end a case, and grant nothing. */
    private static List<String> statuses(CaseState state) {
        return state.next().stream()
                .filter(next ->
                        next instanceof CaseState.Closed && next.mayBeResult() && next != CaseState.Closed.DELIVERED)
                .map(CaseState::code)
                .sorted()
                .toList();
    }

    private boolean is(String question, Object... values) {
        return Boolean.TRUE.equals(sql.queryForObject(question, Boolean.class, values));
    }

    private Optional<CaseFile> locked(String caseNo) {
        return Optional.ofNullable(new CaseFiles(sql).lock(List.of(caseNo)).get(caseNo));
    }

    private ObjectNode content(UUID id) {
        byte[] sealed = sql.queryForObject("select body from answer_request where id = ?", byte[].class, id);
        return (ObjectNode) Json.tree(vault.open(sealed, SEALED, id));
    }

    private List<Way> ways(String caseNo) {
        return sql.query(
                WAYS,
                (row, number) -> new Way(
                        row.getObject("id", UUID.class),
                        row.getString("document"),
                        row.getString("receiver"),
                        row.getString("state"),
                        row.getBoolean("held"),
                        row.getBoolean("doubt")),
                caseNo);
    }

    private static Request request(ResultSet row, int number) throws SQLException {
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
