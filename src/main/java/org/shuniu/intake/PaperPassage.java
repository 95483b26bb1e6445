package org.shuniu.intake;

import java.util.List;
import java.util.Set;
import org.shuniu.document.CaseState;
import org.shuniu.document.Finding;
import org.shuniu.store.CaseFile;
import org.shuniu.store.PaperStep;
import org.shuniu.store.TimeOrderedId;

/** Decides whether a centre may say that it posted the paper of a case, or that it has it: who holds it posts, home it goes. */
final class PaperPassage {

    private static final Set<CaseState> NOT_ACCEPTED = Set.of(
            CaseState.Arriving.RECEIVED,
            CaseState.Arriving.UNDER_WAY_HOME,
            CaseState.Closed.REFUSED,
            CaseState.Closed.WITHDRAWN,
            CaseState.Closed.VOID);

    private PaperPassage() {}

    static PaperStep step(CheckedSubmission checked) {
        return PaperStep.of(checked.text("step")).orElseThrow();
    }

    /** The courier's number, where the centre gives one that can be nothing else, or null. */
    static String waybill(CheckedSubmission checked) {
        String number = checked.text("waybillNo");
        return number != null && number.matches("[A-Za-z0-9-]{1,50}") ? number : null;
    }

    /** What goes to another region is posted by the centre itself. */
    static boolean wantsCourier(RoutedSubmission submission) {
        return step(submission.checked()) == PaperStep.POSTED
                && submission.file().acceptingCentre().matches("[0-9]+");
    }

    /**
     * The other centre hears of it by the platform that sent the case. What another region's window received comes to any centre
     * or office here, and its platform has the answer.
     */
    static RoutedSubmission route(CheckedSubmission checked, CaseFile before, RecipientList recipients) {
        PaperStep step = step(checked);
        if (!before.separated()) {
            throw conflict("The centre that received the paper of this case keeps it; expected a case whose home centre"
                    + " is another one");
        }
        boolean fromRegion = before.sender().equals(before.receivingCentre());
        if (!fromRegion || step == PaperStep.POSTED) {
            requireCentre(
                    checked, step == PaperStep.POSTED ? before.receivingCentre() : before.acceptingCentre(), step);
        }
        if (step == PaperStep.POSTED && NOT_ACCEPTED.contains(CaseState.of(before.status()))) {
            throw conflict("The case stands at %s; expected a case that its home centre has accepted"
                    .formatted(before.status()));
        }
        CaseFile after = step.next(before).orElseThrow(() -> misplaced(before));
        Itinerary unchanged = new Itinerary(
                before.receiver(),
                List.of(fromRegion ? checked.submission().partner() : before.sender()),
                List.of(before.status()),
                before.acceptingCentre(),
                after.paperCentre(),
                before.responsible());
        return recipients.routed(checked, TimeOrderedId.next(), after, unchanged, before.status());
    }

    private static void requireCentre(CheckedSubmission checked, String allowed, PaperStep step) {
        if (!allowed.equals(checked.text("centre"))) {
            String whose = step == PaperStep.POSTED ? "the receiving centre " : "the home centre ";
            throw SubmissionCheck.refused(
                    "check-failed",
                    422,
                    "Another centre may not say this of the paper",
                    List.of(new Finding("/centre", "paper", "another centre", whose + allowed)));
        }
    }

    private static SubmissionRefused misplaced(CaseFile file) {
        String place = file.paperCentre() == null ? "on its way" : "at centre " + file.paperCentre();
        return conflict("The paper of this case is %s; the step does not follow".formatted(place));
    }

    private static SubmissionRefused conflict(String title) {
        return SubmissionCheck.refused("state-conflict", 409, title);
    }
}
