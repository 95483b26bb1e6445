package org.shuniu.delivery;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.shuniu.document.CaseTimes;
import org.shuniu.joint.CasePart;
import org.shuniu.joint.JointCases;
import org.shuniu.store.CaseFile;
import org.shuniu.store.Delivery;
import org.shuniu.store.Json;
import org.shuniu.store.MessageStore;
import org.shuniu.store.StoredMessage;
import org.shuniu.store.TimeOrderedId;
import org.shuniu.vault.Vault;

/** What an office's word means in a case that several decide (多地联办): the case has one result, when all are through or one refuses. */
final class JointWork {

    /** Of a result that is not the case's. */
    static final String PASSED = "the office's part has passed";

    static final String ANOTHER_ASKS = "another office still waits for the applicant";
    static final String LATE = "came after the office's part had ended";
    private static final Set<String> REFUSALS = Set.of("31", "61", "62", "91");
    private static final String IN_WORK = "40";
    /** Correction and payment: what an office waits for the applicant with. */
    private static final Set<String> ASKING = Set.of("42", "50");
    /** The hub speaks itself. */
    private static final String HUB = "hub";

    /**
     * What becomes of an office's document.
     *
     * @param file the case after it, where the document is not the case's own
     * @param note what is remarkable about it, where it is not
     * @param also sent whatever becomes of it
     */
    record Part(CaseFile file, String note, List<Delivery> also) {

        private static final Part NONE = new Part(null, null, List.of());

        boolean isOfTheCase() {
            return note == null;
        }
    }

    private final JointCases joint;
    private final MessageStore store;
    private final Vault vault;
    private final Instant now;

    JointWork(JointCases joint, MessageStore store, Vault vault, Instant now) {
        this.joint = joint;
        this.store = store;
        this.vault = vault;
        this.now = now;
    }

    /**
     * Whether what an office says comes too late: its part has ended, or the case by another office's word. Whose result is the
     * case's still says how that is handed over, and who refused it by a status still gives the result.
     */
    boolean isOver(CaseFile file, String office) {
        List<CasePart> own = own(joint.parts(file.caseNo(), file.itemCode()), office);
        boolean gaveTheResult = own.stream()
                .anyMatch(part -> part.state() == CasePart.State.REFUSED
                        || part.resultId() != null && part.resultId().equals(file.resultId()));
        return !own.isEmpty() && !gaveTheResult && CasePart.open(own).isEmpty();
    }

    /** Whether an office works on a case that several decide. */
    boolean isAtWork(CaseFile file, String office) {
        return joint.open(file.caseNo(), file.itemCode()).contains(office);
    }

    private static List<CasePart> own(List<CasePart> parts, String office) {
        return parts.stream().filter(part -> part.office().equals(office)).toList();
    }

    Part take(CaseFile file, String office, StoredMessage message, String status) {
        List<CasePart> parts = joint.parts(file.caseNo(), file.itemCode());
        if (parts.stream().noneMatch(part -> part.office().equals(office))) {
            return Part.NONE;
        }
        boolean result = message.document().equals("result");
        if (!result && !REFUSALS.contains(status)) {
            joint.says(file.caseNo(), office, status);
            return asking(file, parts, office).isEmpty() || ASKING.contains(status)
                    ? Part.NONE
                    : new Part(file, ANOTHER_ASKS, List.of());
        }
        UUID id = result ? message.id() : null;
        JointCases.Said said = joint.decides(parts, file.caseNo(), office, !REFUSALS.contains(status), status, id, now);
        return said.ends()
                ? new Part(null, null, withdrawals(file, said.end()))
                : new Part(goesOn(file, said, asking(file, parts, office)), PASSED, begun(file, said.begin()));
    }

    /** Another office at work that waits for the applicant: until it says otherwise, so does the case. */
    private static Optional<CasePart> asking(CaseFile file, List<CasePart> parts, String office) {
        return parts.stream()
                .filter(part -> part.state() == CasePart.State.OPEN
                        && !part.office().equals(office)
                        && ASKING.contains(file.status())
                        && file.status().equals(part.status()))
                .findFirst();
    }

    private CaseFile goesOn(CaseFile file, JointCases.Said said, Optional<CasePart> asking) {
        String office = asking.map(CasePart::office).or(said::next).orElse(file.receiver());
        String status = asking.isPresent() ? file.status() : IN_WORK;
        CaseFile next = file.decidedBy(office);
        return next.status().equals(status) ? next : next.inStatus(status, now);
    }

    private List<Delivery> begun(CaseFile file, List<String> offices) {
        List<Delivery> begun = new ArrayList<>();
        offices.forEach(office -> begun.addAll(store.forwarding(file.decidedBy(office), now)));
        return begun;
    }

    /** What one office has refused the others need not go on with. */
    private List<Delivery> withdrawals(CaseFile file, List<String> offices) {
        if (offices.isEmpty()) {
            return List.of();
        }
        byte[] body = Json.bytes(Json.object()
                .put("withdrawalTime", CaseTimes.write(now.atOffset(ZoneOffset.UTC)))
                .put("reason", "联办单位不予办理"));
        UUID id = TimeOrderedId.next();
        StoredMessage message = new StoredMessage(
                id,
                HUB,
                "withdrawal",
                file.caseNo(),
                null,
                vault.seal(body, "message.body", id),
                StoredMessage.digestOf(body),
                now,
                null);
        store.save(List.of(message));
        return offices.stream()
                .map(office -> Delivery.of(message, office, Delivery.WORK, true))
                .toList();
    }
}
