package org.shuniu.rehearsal;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.shuniu.audit.AuditLog;
import org.shuniu.document.DocumentSchemas;
import org.shuniu.intake.Problem;
import org.shuniu.intake.SubmissionRefused;
import org.shuniu.mapping.Mappings;
import org.shuniu.mapping.MappingsRefused;
import tools.jackson.databind.node.ObjectNode;

/** Says what a candidate would change on recorded messages; one comparison at a time in a process, within a time. */
final class Comparisons {

    /** As long as it works, so that it never takes more than half of a processor. */
    private static final int RESTS = 1;

    private final RecordedMessages recorded;
    private final Mappings mappings;
    private final DocumentSchemas schemas;
    private final Path folder;
    private final AuditLog audit;
    private final RehearsalProperties settings;
    private final Semaphore one = new Semaphore(1);

    /** @param folder of the mappings, where the canonical schemas are */
    Comparisons(
            RecordedMessages recorded,
            Mappings mappings,
            DocumentSchemas schemas,
            Path folder,
            AuditLog audit,
            RehearsalProperties settings) {
        this.recorded = recorded;
        this.mappings = mappings;
        this.schemas = schemas;
        this.folder = folder;
        this.audit = audit;
        this.settings = settings;
    }

    /** The version of a partner's mappings that are in force. */
    String inForce(String partner) {
        return mappings.version(partner);
    }

    /** Reads a candidate beside the mapping in force, or refuses it with all that is wrong with it. */
    Rivals rivals(String partner, CandidateFiles files) {
        if (!mappings.partners().contains(partner)) {
            throw new SubmissionRefused(Problem.of("not-found", 404, "No partner of this id has mappings"));
        }
        try {
            Mappings candidate = files.read(partner, folder);
            // Without the file it would read whatever there is.
            if (!candidate.declares(partner)) {
                throw new SubmissionRefused(Problem.of(
                        "check-failed", 422, "files: found no allowed-fields.csv, expected it with the mappings"));
            }
            return new Rivals(partner, mappings, candidate, schemas);
        } catch (MappingsRefused refused) {
            throw new SubmissionRefused(Problem.of("check-failed", 422, refused.getMessage()));
        }
    }

    /**
     * Compares. Whoever asks is in the audit with his reason before the first message is opened, and what was looked at after it.
     *
     * @return as the API tells it
     */
    ObjectNode compare(String operator, Question question, CandidateFiles files, String reason)
            throws InterruptedException {
        Rivals rivals = rivals(question.partner(), files);
        requireKnown(question, rivals);
        if (!one.tryAcquire()) {
            throw new SubmissionRefused(Problem.of(
                    "overloaded", 503, "Another comparison runs in this process; try again when it is done"));
        }
        try {
            String versions = "candidate %s against %s".formatted(rivals.candidateVersion(), rivals.inForceVersion());
            audit(
                    operator,
                    question,
                    "%s: the last %d each way since %s; %s"
                            .formatted(versions, question.last(), question.since(), reason));
            Tally tally = new Tally();
            boolean whole = compare(question, rivals, tally);
            Findings findings = tally.findings();
            audit(
                    operator,
                    question,
                    "%s: %d messages compared, %d fields differ"
                            .formatted(
                                    versions,
                                    findings.compared(),
                                    findings.differences().size()));
            return Told.of(question.partner(), rivals.inForceVersion(), rivals.candidateVersion(), findings)
                    .put("whole", whole);
        } finally {
            one.release();
        }
    }

    private void audit(String operator, Question question, String detail) {
        audit.record(operator, "mappings-compared", question.partner(), detail);
    }

    private static void requireKnown(Question question, Rivals rivals) {
        if (question.mapping() != null && !rivals.know(question.mapping())) {
            throw new SubmissionRefused(Problem.of(
                    "check-failed", 422, "mapping must be one of the partner's, such as application.out or result.in"));
        }
    }

    /** False when time or patience ended before the messages did. */
    private boolean compare(Question question, Rivals rivals, Tally tally) throws InterruptedException {
        long end = System.nanoTime() + settings.longest().toNanos();
        Pace pace = new Pace(RESTS);
        boolean whole = true;
        for (RecordedMessages.Walk walk : recorded.walks(question, rivals, tally)) {
            whole &= compare(walk, question.last(), rivals, tally, pace, end);
        }
        return whole;
    }

    private static boolean compare(
            RecordedMessages.Walk walk, int most, Rivals rivals, Tally tally, Pace pace, long end)
            throws InterruptedException {
        int left = most;
        while (left > 0) {
            long began = System.nanoTime();
            List<Recorded> next = walk.next(left);
            if (next.isEmpty()) {
                return !walk.gaveUp();
            }
            left -= next.size();
            for (Recorded message : next) {
                if (System.nanoTime() - end > 0) {
                    return false;
                }
                rivals.compare(message, tally);
            }
            pace.worked(System.nanoTime() - began);
        }
        return true;
    }
}
