package org.shuniu.intake;

import org.shuniu.store.CaseFile;

/** How a document that was routed a moment ago meets the case as it stands under the lock. */
final class CaseProgress {

    private CaseProgress() {}

    /** Only the status decides the route, so an unchanged status means an unchanged route. */
    static boolean fits(CaseFile now, RoutedSubmission submission) {
        if (submission.checked().isPaper()) {
            return PaperPassage.step(submission.checked()).next(now).isPresent();
        }
        return submission.before() == null || now.status().equals(submission.before());
    }

    /** Keeps what others wrote into the case meanwhile. */
    static CaseFile apply(CaseFile now, RoutedSubmission submission) {
        if (now == null) {
            return submission.file();
        }
        if (submission.checked().isPaper()) {
            return PaperPassage.step(submission.checked()).next(now).orElse(now);
        }
        CaseFile routed =
                now.resultId() == null ? submission.file() : submission.file().withResult(now.resultId());
        boolean counterVisit = submission.message().document().equals("application");
        return counterVisit ? routed : routed.withPaperAt(now.paperCentre());
    }
}
