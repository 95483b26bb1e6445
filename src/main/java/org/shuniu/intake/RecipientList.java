package org.shuniu.intake;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.shuniu.document.CaseState;
import org.shuniu.joint.JointCases;
import org.shuniu.store.CaseFile;
import org.shuniu.store.CaseFiles;
import org.shuniu.store.StoredMessage;
import org.shuniu.store.TimeOrderedId;
import org.shuniu.vault.Vault;

/** Decides who receives a document and how its case stands then: content-based routing over the catalogue's data. */
public final class RecipientList {

    private static final Map<CaseState, CaseState> CORRECTED = Map.of(
            CaseState.Prereview.SENT_BACK, CaseState.Prereview.UNDER_REVIEW,
            CaseState.Arriving.RECEIVED, CaseState.Arriving.UNDER_WAY_HOME);

    /** While a centre works on the case, its further documents are the centre's too. */
    private static final Set<CaseState> AT_CENTRE = Set.of(
            CaseState.Prereview.UNDER_REVIEW,
            CaseState.Prereview.PASSED,
            CaseState.Prereview.SENT_BACK,
            CaseState.Arriving.RECEIVED,
            CaseState.Arriving.UNDER_WAY_HOME);

    private final ApplicationRouting routing;
    private final CaseNumbers numbers;
    private final CaseFiles files;
    private final JointCases joint;
    private final Vault vault;
    private final Resends resends;

    public RecipientList(
            ApplicationRouting routing,
            CaseNumbers numbers,
            CaseFiles files,
            JointCases joint,
            Vault vault,
            Resends resends) {
        this.joint = joint;
        this.routing = routing;
        this.numbers = numbers;
        this.files = files;
        this.vault = vault;
        this.resends = resends;
    }

    /** Called by the intake route. */
    public RoutedSubmission route(CheckedSubmission checked) {
        try {
            return routed(checked);
        } catch (SubmissionRefused refused) {
            resends.answerIfKnown(checked.submission(), checked.digest());
            throw refused;
        }
    }

    private RoutedSubmission routed(CheckedSubmission checked) {
        if (checked.isPaper()) {
            return PaperPassage.route(
                    checked, ownCase(checked, checked.submission().caseNo()), this);
        }
        if (!checked.submission().document().equals("application")) {
            return furtherDocument(
                    checked, ownCase(checked, checked.submission().caseNo()));
        }
        String continued = checked.text("caseNo");
        return continued == null ? newCase(checked) : counterVisit(checked, visitedCase(checked, continued));
    }

    private RoutedSubmission newCase(CheckedSubmission checked) {
        Itinerary itinerary = routing.decide(checked);
        String caseNo = numbers.next(checked.receivedAt());
        UUID id = TimeOrderedId.next();
        return routed(checked, id, file(checked, caseNo, id, itinerary, checked.receivedAt()), itinerary, null);
    }

    /** The counter visit goes on with the case that passed its pre-review. */
    private RoutedSubmission counterVisit(CheckedSubmission checked, CaseFile before) {
        requirePassed(before);
        requireSame(checked, before);
        Itinerary itinerary = routing.decideCounterVisit(checked, before.sender());
        UUID id = TimeOrderedId.after(before.applicationId());
        CaseFile file = file(checked, before.caseNo(), id, itinerary, before.receivedAt())
                .of(before.sender());
        return routed(checked, id, file, itinerary, before.status());
    }

    private RoutedSubmission furtherDocument(CheckedSubmission checked, CaseFile before) {
        CaseState state = CaseState.of(before.status());
        if (!(state instanceof CaseState.Open)) {
            throw conflict(before, "a case that is still open");
        }
        Itinerary itinerary = new Itinerary(
                before.receiver(),
                AT_CENTRE.contains(state) ? List.of(routing.desk(before.sender())) : deciders(before),
                List.of(checked.submission().document().equals("supplement") ? corrected(state) : before.status()),
                before.acceptingCentre(),
                before.paperCentre(),
                before.responsible());
        CaseFile file = before.inStatus(itinerary.status(), checked.receivedAt());
        return routed(checked, TimeOrderedId.after(before.applicationId()), file, itinerary, before.status());
    }

    /** Who works on a case: each office whose part is open. */
    private List<String> deciders(CaseFile file) {
        List<String> offices = joint.open(file.caseNo(), file.itemCode());
        return offices.isEmpty() ? List.of(file.receiver()) : offices;
    }

    /** Further papers lead a case that was sent back on again: to its pre-review, or to its home centre. */
    private static String corrected(CaseState state) {
        return CORRECTED.getOrDefault(state, state).code();
    }

    private CaseFile ownCase(CheckedSubmission checked, String caseNo) {
        return files.find(caseNo)
                .filter(file -> routing.handles(checked.submission().partner(), file))
                .orElseThrow(() -> SubmissionCheck.refused("not-found", 404, "You have no case of this number"));
    }

    /** The counter goes on with a case that another channel has sent, where it is the counter for that channel. */
    private CaseFile visitedCase(CheckedSubmission checked, String caseNo) {
        String partner = checked.submission().partner();
        return files.find(caseNo)
                .filter(file -> file.sender().equals(partner)
                        || routing.desk(file.sender()).equals(partner))
                .orElseThrow(() -> SubmissionCheck.refused("not-found", 404, "You have no case of this number"));
    }

    private static void requirePassed(CaseFile file) {
        if (CaseState.of(file.status()) != CaseState.Prereview.PASSED) {
            throw conflict(file, "a case whose pre-review has passed");
        }
    }

    private static void requireSame(CheckedSubmission checked, CaseFile before) {
        if (!before.itemCode().equals(checked.text("itemCode"))) {
            throw conflict(before, "the item of the pre-reviewed case");
        }
    }

    static SubmissionRefused conflict(CaseFile file, String expected) {
        return SubmissionCheck.refused(
                "state-conflict", 409, "The case stands at %s; expected %s".formatted(file.status(), expected));
    }

    private CaseFile file(
            CheckedSubmission checked, String caseNo, UUID messageId, Itinerary itinerary, Instant receivedAt) {
        return new CaseFile(
                caseNo,
                checked.submission().partner(),
                checked.text("itemCode"),
                checked.text("itemVariant"),
                itinerary.decider(),
                checked.text("channel"),
                itinerary.status(),
                checked.receivingPlace(),
                itinerary.acceptingCentre(),
                itinerary.paperCentre(),
                itinerary.responsible(),
                vault.idNumberIndex(checked.text("applicant", "idNumber")).orElse(null),
                messageId,
                receivedAt,
                checked.receivedAt(),
                null);
    }

    RoutedSubmission routed(CheckedSubmission checked, UUID id, CaseFile file, Itinerary itinerary, String before) {
        StoredMessage message = new StoredMessage(
                id,
                checked.submission().partner(),
                checked.submission().document(),
                file.caseNo(),
                null,
                vault.seal(checked.submission().body(), "message.body", id),
                checked.digest(),
                checked.receivedAt(),
                null);
        Cover cover = checked.submission().cover();
        byte[] receipt = cover == null
                ? Receipt.of(message, itinerary.receivers())
                : cover.receipt(message, itinerary.receivers());
        return new RoutedSubmission(
                checked,
                message,
                file,
                itinerary.statuses(),
                itinerary.receivers(),
                urgent(checked, file),
                receipt,
                before,
                itinerary.parts());
    }

    /** What must be decided within a working day, and what stops work that would be done in vain. */
    private boolean urgent(CheckedSubmission checked, CaseFile file) {
        return checked.submission().document().equals("withdrawal")
                || routing.urgent(file.itemCode(), checked.receivedAt());
    }
}
