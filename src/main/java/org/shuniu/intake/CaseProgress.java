package org.shuniu.intake;

import org.shuniu.store.CaseFile;

/** How a document that was routed a moment ago meets the case as it stands under the lock. */
final class CaseProgress {

    private CaseProgress() {}

    /** Only the status decides the route, so an unchanged status means an unchanged route. */
    static boolean fits(CaseFile now, RoutedSubmission submission) {
        return submission.before() == null || now.status().equals(submission.before());
    }

    /** Keeps what others wrote into the case meanwhile. */
    static CaseFile apply(CaseFile now, RoutedSubmission submission) {
        CaseFile routed = submission.file();
        return now == null || now.resultId() == null ? routed : routed.withResult(now.resultId());
    }
}
