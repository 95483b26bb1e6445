package org.shuniu.intake;

import java.util.List;
import java.util.Set;
import org.shuniu.joint.CasePart;
import org.shuniu.store.CaseFile;

/** How a document that was routed a moment ago meets the case as it stands under the lock. */
final class CaseProgress {

    private CaseProgress() {}

    /**
     * Only the status and who works on the case decide the route: where both stand as they did, so does the route.
     *
     * @param parts of the offices that decide the case together, as they stand now
     */
    static boolean fits(CaseFile now, List<CasePart> parts, RoutedSubmission submission) {
        if (submission.checked().isPaper()) {
            return PaperPassage.step(submission.checked()).next(now).isPresent();
        }
        return submission.before() == null
                || now.status().equals(submission.before()) && goesToWhoWorks(now, parts, submission);
    }

    /** What goes to offices goes to those whose part is open, and to no other; a centre may come before all of them. */
    private static boolean goesToWhoWorks(CaseFile now, List<CasePart> parts, RoutedSubmission submission) {
        boolean toOffices =
                parts.stream().anyMatch(part -> submission.receivers().contains(part.office()));
        List<String> working = CasePart.open(parts);
        Set<String> expected = working.isEmpty() ? Set.of(now.receiver()) : Set.copyOf(working);
        return !toOffices || Set.copyOf(submission.receivers()).equals(expected);
    }

    /** Keeps what others wrote into the case meanwhile. */
    static CaseFile apply(CaseFile now, RoutedSubmission submission) {
        if (now == null) {
            return submission.file();
        }
        if (submission.checked().isPaper()) {
            return PaperPassage.step(submission.checked()).next(now).orElse(now);
        }
        boolean counterVisit = submission.message().document().equals("application");
        if (!counterVisit) {
            CaseFile routed = submission.file();
            return now.inStatus(routed.status(), routed.changedAt());
        }
        return now.resultId() == null ? submission.file() : submission.file().withResult(now.resultId());
    }
}
