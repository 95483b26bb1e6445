package org.shuniu.delivery;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.shuniu.catalogue.FollowUp;
import org.shuniu.document.CaseState;
import org.shuniu.document.CaseTimes;
import org.shuniu.followup.FollowUps;
import org.shuniu.partner.PartnerDirectory;
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
     * @param trigger what the answer is for the case's follow-ups, or null
     */
    record Returned(
            StoredMessage message, CaseFile file, List<Delivery> deliveries, String note, FollowUp.Trigger trigger) {}

    /** A document in an answer that may become a message. */
    record Candidate(
            Settlement settlement,
            MessageStore.Key key,
            String document,
            Long order,
            ObjectNode content,
            byte[] body,
            byte[] digest,
            String fault,
            DeliveryStore.Row row,
            CaseFile file,
            Integer translation) {}

    private static final Set<String> OF_HOME_CENTRE = Set.of("20", "30", "31");
    private static final Set<String> HELD_AT_CENTRE = Set.of("application", "supplement");

    private final MessageStore store;
    private final DeliveryStore deliveries;
    private final Vault vault;
    private final Instant now;
    private final FollowUps followUps;
    private final PartnerDirectory partners;
    private final JointWork joint;
    private final Set<String> told = new HashSet<>();
    private final List<DeliveryStore.Word> words = new ArrayList<>();

    ReturningDocuments(
            MessageStore store,
            DeliveryStore deliveries,
            Vault vault,
            FollowUps followUps,
            PartnerDirectory partners,
            JointWork joint,
            Instant now) {
        this.store = store;
        this.deliveries = deliveries;
        this.followUps = followUps;
        this.partners = partners;
        this.joint = joint;
        this.vault = vault;
        this.now = now;
    }

    /** What a receiver said in its answer. */
    Candidate said(Settlement settlement, Outcome.Said said, DeliveryStore.Row row, CaseFile file) {
        // With the case: a partner whose event says too little must not have its other cases taken for repeats of this
        // one.
        String key = said.eventId() == null
                ? "delivery:" + row.id() + ":" + said.document()
                : "event:" + file.caseNo() + ":" + said.eventId();
        return candidate(settlement, key, said, row, file);
    }

    /** What a receiver's taking a document means for the case, where it said nothing itself. */
    Optional<Candidate> implied(Settlement settlement, DeliveryStore.Row row, CaseFile file) {
        CaseState next = row.document().equals("withdrawal") ? CaseState.of("90") : CaseState.of("40");
        boolean tells = row.queue().equals(Delivery.WORK)
                && Set.of("application", "withdrawal").contains(row.document())
                && !saysItself(row.receiver())
                && (row.document().equals("withdrawal") || row.receiver().equals(file.receiver()))
                && CaseState.of(file.status()).mayBecome(next);
        if (!tells) {
            return Optional.empty();
        }
        ObjectNode status = Json.object();
        status.put("caseNo", file.caseNo());
        status.put("status", next.code());
        status.put("statusTime", CaseTimes.write(now.atOffset(ZoneOffset.UTC)));
        status.put("itemCode", file.itemCode());
        status.put("messageId", row.messageId().toString());
        String key = "delivery:" + row.id() + ":" + next.code();
        return Optional.of(candidate(
                settlement, key, new Outcome.Said("status", null, null, null, status, null, null), row, file));
    }

    /** The hub of another region tells each step of its own accord. */
    private boolean saysItself(String receiver) {
        return partners.partner(receiver).isRegion();
    }

    private static Candidate candidate(
            Settlement settlement, String key, Outcome.Said said, DeliveryStore.Row row, CaseFile file) {
        byte[] body = said.bytes();
        return new Candidate(
                settlement,
                new MessageStore.Key(row.receiver(), key),
                said.document(),
                said.order(),
                said.content(),
                body,
                StoredMessage.digestOf(body),
                said.fault(),
                row,
                file,
                said.translation() == null ? null : said.translation().id());
    }

    /** Accepts documents of different cases; the answers stand in the order of the candidates. */
    List<Returned> accept(List<Candidate> candidates) {
        Map<Candidate, Returned> returned = new IdentityHashMap<>();
        putNeedless(candidates, returned);
        Map<Candidate, MessageStore.Kept> wanted = new IdentityHashMap<>();
        candidates.stream()
                .filter(candidate -> !returned.containsKey(candidate))
                .forEach(candidate -> wanted.put(candidate, kept(candidate)));
        Set<MessageStore.Key> taken = store.take(wanted.values());
        wanted.forEach((candidate, mine) -> returned.put(
                candidate,
                taken.remove(candidate.key()) ? progress(candidate, mine.messageId()) : repeated(candidate)));
        deliveries.says(words.stream().filter(DeliveryStore.Word::tells).toList());
        words.clear();
        return candidates.stream().map(returned::get).toList();
    }

    private MessageStore.Kept kept(Candidate candidate) {
        return new MessageStore.Kept(candidate.key(), TimeOrderedId.next(), candidate.digest(), new byte[0], now);
    }

    /** What was parked under this key has never counted: what comes now is taken in its place, if it can be. */
    private Returned repeated(Candidate candidate) {
        Optional<MessageStore.Kept> kept = store.kept(candidate.key());
        Optional<UUID> unanswered = kept.map(MessageStore.Kept::messageId).filter(store::isUnanswered);
        if (unanswered.isPresent() && obstacle(candidate).isEmpty()) {
            Returned taken = progress(candidate, TimeOrderedId.next());
            if (taken.message() != null) {
                store.takenInstead(unanswered.get());
            }
            return taken;
        }
        boolean same = kept.filter(one -> Arrays.equals(one.digest(), candidate.digest()))
                .isPresent();
        return none(candidate, same ? "the same answer again" : "differs from the answer that counts");
    }

    private static Returned none(Candidate candidate, String note) {
        return new Returned(null, candidate.file(), List.of(), note, null);
    }

    /** What says nothing new stays evidence: the sender has heard it, or it was overtaken by something later. */
    private void putNeedless(List<Candidate> candidates, Map<Candidate, Returned> returned) {
        Map<Integer, Boolean> before = store.saidBefore(candidates.stream()
                .map(candidate -> new MessageStore.Saying(
                        candidate.row().receiver(),
                        candidate.file().caseNo(),
                        candidate.document(),
                        candidate.digest()))
                .toList());
        for (int i = 0; i < candidates.size(); i++) {
            Candidate candidate = candidates.get(i);
            String mark = candidate.file().caseNo() + " " + candidate.row().receiver() + " " + candidate.document()
                    + " " + HexFormat.of().formatHex(candidate.digest());
            boolean again = before.containsKey(i)
                    && (!before.get(i) || obstacle(candidate).isPresent());
            if (again || !told.add(mark)) {
                returned.put(candidate, none(candidate, "the same answer again"));
            } else {
                overtaken(candidate)
                        .filter(why -> answered(candidate).isEmpty() && !isAnsweredByAPerson(candidate))
                        .ifPresent(why -> returned.put(candidate, none(candidate, why)));
            }
        }
    }

    /** Why it changes nothing any more, if that is so. */
    private Optional<String> overtaken(Candidate candidate) {
        String stands = candidate.file().status();
        if (CaseState.of(stands) == CaseState.Closed.WITHDRAWN
                && !candidate.content().path("status").asString("").equals(stands)) {
            return Optional.of("came after the case was withdrawn");
        }
        return isPassed(candidate) || isBehind(candidate)
                ? Optional.of("came late: the case stands at " + stands)
                : Optional.empty();
    }

    /** The receiver itself counts: a later step of its is known already. The first result is one, however late it comes. */
    private boolean isPassed(Candidate candidate) {
        boolean status = candidate.document().equals("status");
        if (candidate.order() == null || !status && candidate.file().resultId() == null) {
            return false;
        }
        long said =
                deliveries.saidNo(candidate.row().receiver(), candidate.file().caseNo());
        return status ? candidate.order() <= said : candidate.order() < said;
    }

    /** What stands may follow this and not the other way round; or it may both, and the receiver said this before what stands. */
    private boolean isBehind(Candidate candidate) {
        Optional<CaseState> said =
                CaseState.find(candidate.content().path("status").asString(""));
        CaseState stands = CaseState.of(candidate.file().status());
        return candidate.document().equals("status")
                && said.isPresent()
                && !said.get().equals(stands)
                && said.get().mayBecome(stands)
                && (!stands.mayBecome(said.get()) || isOlder(candidate));
    }

    private boolean isOlder(Candidate candidate) {
        return saidAt(candidate)
                .flatMap(said -> deliveries
                        .saidAt(candidate.row().receiver(), candidate.file().caseNo())
                        .map(newest -> said.compareTo(newest) < 0))
                .orElse(false);
    }

    /**
     * Answers are read side by side, and what could not be read is tried later. Where the receiver does not count them, its own time
     * tells which status is newer; of one second, the order in which they came, where a reply comes with its call.
     */
    private static Optional<DeliveryStore.SaidAt> saidAt(Candidate candidate) {
        Settlement.Answer answer = candidate.settlement().answer();
        if (!candidate.document().equals("status") || candidate.order() != null || answer == null) {
            return Optional.empty();
        }
        return CaseTimes.parseWithOffset(candidate.content().path("statusTime").asString(""))
                .map(OffsetDateTime::toInstant)
                .map(said -> DeliveryStore.SaidAt.of(said, answer.receivedAt(), answer.askedAt()));
    }

    private StoredMessage message(UUID id, Candidate candidate) {
        return new StoredMessage(
                id,
                candidate.row().receiver(),
                candidate.document(),
                candidate.file().caseNo(),
                candidate.row().messageId(),
                vault.seal(candidate.body(), "message.body", id),
                candidate.digest(),
                now,
                null,
                candidate.translation());
    }

    private Returned progress(Candidate candidate, UUID id) {
        CaseFile file = candidate.file();
        StoredMessage message = message(id, candidate);
        Optional<String> obstacle = obstacle(candidate);
        if (obstacle.isPresent()) {
            return parked(message, file, obstacle.get());
        }
        // What is parked is not said: neither what came before it nor the same again comes late.
        words.add(new DeliveryStore.Word(
                candidate.row().receiver(),
                file.caseNo(),
                candidate.order(),
                saidAt(candidate).orElse(null)));
        String status = candidate.content().path("status").asString("");
        Optional<FollowUp.Trigger> answered = answered(candidate);
        if (answered.isPresent()) {
            return new Returned(message, file, List.of(), "answered by a follow-up", answered.get());
        }
        if (joint.isOver(file, candidate.row().receiver())) {
            return none(candidate, JointWork.LATE);
        }
        boolean same = status.equals(file.status());
        JointWork.Part part = joint.take(file, candidate.row().receiver(), message, status);
        if (!part.isOfTheCase()) {
            return new Returned(message, part.file(), part.also(), part.note(), null);
        }
        CaseFile after = file.inStatus(status, now);
        after = message.document().equals("result") ? after.withResult(message.id()) : after;
        List<Delivery> opened = new ArrayList<>(forward(message, candidate.row(), after, same));
        opened.addAll(part.also());
        return new Returned(message, after, opened, null, same ? null : FollowUp.Trigger.REACHED);
    }

    /** Why a person must look at it, if the hub can't take it as the case stands. */
    private Optional<String> obstacle(Candidate candidate) {
        CaseFile file = candidate.file();
        String status = candidate.content().path("status").asString("");
        if (candidate.fault() != null) {
            return Optional.of(candidate.fault());
        }
        if (CaseState.find(status).isEmpty()) {
            return Optional.of("the answer has no status that the hub knows");
        }
        if (isAnsweredByAPerson(candidate)) {
            return Optional.of("a person has answered the sender in the receiver's place");
        }
        return misplaced(candidate, status)
                .filter(why -> answered(candidate).isEmpty()
                        && !joint.isOver(file, candidate.row().receiver()));
    }

    /** Whatever the receiver still says, the sender must not hear another answer: a person looks at it, for it works on the case. */
    private boolean isAnsweredByAPerson(Candidate candidate) {
        return candidate.file().resultId() != null
                && deliveries.answeredByAPerson(
                        candidate.file().caseNo(), candidate.row().receiver());
    }

    /** Why the case can't go where an answer says. */
    private static Optional<String> misplaced(Candidate candidate, String status) {
        CaseFile file = candidate.file();
        if (!status.equals(file.status()) && !CaseState.of(file.status()).mayBecome(CaseState.of(status))) {
            return Optional.of("status %s may not follow %s".formatted(status, file.status()));
        }
        return isOfAnotherCentre(candidate, status)
                ? Optional.of("only the home centre %s may say this".formatted(file.acceptingCentre()))
                : Optional.empty();
    }

    /** What was received elsewhere is accepted, refused or sent back by the home centre alone. */
    private static boolean isOfAnotherCentre(Candidate candidate, String status) {
        CaseFile file = candidate.file();
        String centre = candidate.content().path("handlingOffice").path("code").asString(file.acceptingCentre());
        return file.separated()
                && OF_HOME_CENTRE.contains(status)
                && candidate.row().receiver().equals(file.sender())
                && !centre.equals(file.acceptingCentre());
    }

    /** What does not lead the case on may still ask for something: money that came twice goes back. */
    private Optional<FollowUp.Trigger> answered(Candidate candidate) {
        return candidate.document().equals("status")
                ? followUps.answers(
                        candidate.file(), candidate.content().path("status").asString(""))
                : Optional.empty();
    }

    /** A case that its centre has accepted goes on to the partner that decides it. */
    private List<Delivery> forward(StoredMessage message, DeliveryStore.Row row, CaseFile file, boolean same) {
        List<Delivery> opened = new ArrayList<>();
        Hearers.of(file, partners).forEach(hearer -> opened.add(Delivery.of(message, hearer, Delivery.RETURN)));
        boolean acceptedByCentre = !same
                && file.status().equals("30")
                && !row.receiver().equals(file.receiver())
                && HELD_AT_CENTRE.contains(row.document());
        if (acceptedByCentre) {
            opened.addAll(store.forwarding(file, now));
        }
        return opened;
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
                reason,
                message.translation());
        return new Returned(parked, file, List.of(), reason, null);
    }
}
