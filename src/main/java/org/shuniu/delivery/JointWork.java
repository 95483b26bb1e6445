package org.shuniu.delivery;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
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

    static final String LATE = "came after the office's part had ended";
    private static final Set<String> REFUSALS = Set.of("31", "61", "62", "91");
    private static final String IN_WORK = "40";
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

    /** Whether what an office says comes too late: its part has ended, or the case by another office's word. */
    boolean isOver(CaseFile file, String office) {
        List<CasePart> own = joint.parts(file.caseNo(), file.itemCode()).stream()
                .filter(part -> part.office().equals(office))
                .toList();
        return !own.isEmpty() && own.stream().noneMatch(part -> part.state() == CasePart.State.OPEN);
    }

    Part take(CaseFile file, String office, StoredMessage message, String status) {
        List<CasePart> parts = joint.parts(file.caseNo(), file.itemCode());
        if (parts.stream().noneMatch(part -> part.office().equals(office))) {
            return Part.NONE;
        }
        if (!message.document().equals("result")) {
            joint.says(file.caseNo(), office, status);
            return Part.NONE;
        }
        JointCases.Said said =
                joint.decides(parts, file.caseNo(), office, !REFUSALS.contains(status), status, message.id(), now);
        return said.ends()
                ? new Part(null, null, withdrawals(file, said.end()))
                : new Part(goesOn(file, said), PASSED, begun(file, said.begin()));
    }

    private CaseFile goesOn(CaseFile file, JointCases.Said said) {
        CaseFile next = file.decidedBy(said.next().orElse(file.receiver()));
        return next.status().equals(IN_WORK) ? next : next.inStatus(IN_WORK, now);
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
