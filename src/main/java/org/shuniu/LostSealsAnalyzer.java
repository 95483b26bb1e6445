package org.shuniu;

import org.shuniu.evidence.LostSeals;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says what to do about a database that is older than its seals. */
final class LostSealsAnalyzer extends AbstractFailureAnalyzer<LostSeals> {

    @Override
    protected FailureAnalysis analyze(Throwable root, LostSeals cause) {
        return new FailureAnalysis(
                cause.getMessage() + ". A hub on it would call departments again for what it has forgotten.",
                "Run \"java -jar shuniu.jar restore\" with this hub's settings, as docs/restore-a-backup.md says; if no backup was"
                        + " restored, \"verify\" names what is missing. A file that is older than the one the restore was made with is put aside.",
                cause);
    }
}
