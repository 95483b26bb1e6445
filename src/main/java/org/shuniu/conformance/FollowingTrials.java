package org.shuniu.conformance;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.shuniu.conformance.Heard.Mark;
import org.shuniu.conformance.Heard.Meaning;
import org.shuniu.conformance.Openings.Opening;
import tools.jackson.databind.node.ObjectNode;

/** What comes after an application: the same once more, a supplement, a withdrawal in time and one that is too late. */
final class FollowingTrials {

    private static final String TAKEN = "taken";

    private final MadeUpCases cases;
    private final Openings openings;
    private final Decisions decisions;
    private final boolean counts;

    /** @param counts whether the office counts what it was sent, and the hub compares that every day */
    FollowingTrials(MadeUpCases cases, Openings openings, Decisions decisions, boolean counts) {
        this.cases = cases;
        this.openings = openings;
        this.decisions = decisions;
        this.counts = counts;
    }

    List<Trial> trials() {
        return List.of(
                Trial.of("application/twice", "the same answer, and one effect", this::twice)
                        .waiting(2),
                Trial.notApplicable(
                        "application/counted-once",
                        "one in the office's own count",
                        counts
                                ? "a day is counted when it is over: the hub compares it then (reconciliation)"
                                : "partner.yaml has no reconciliation: it counts nothing for the hub"),
                follows("supplement"),
                follows("withdrawal"),
                Trial.of("withdrawal/after-the-decision", "refused, and no other decision", this::tooLate)
                        .waiting(1));
    }

    private Judgement twice(Office office) throws InterruptedException {
        Message application = cases.application();
        ObjectNode fields = office.fields(application);
        Heard first = office.send(application, fields);
        Judgement taken = Judgement.taken(first);
        if (!taken.isPassed()) {
            return taken;
        }
        long sent = System.nanoTime();
        Optional<Heard> decided = decisions.await(office, application, first);
        Duration took = Duration.ofNanos(System.nanoTime() - sent);
        Heard again = office.send(application, fields);
        if (!Judgement.taken(again).isPassed()) {
            return Judgement.failed(Whose.OFFICE, "the second time it says: " + again.said());
        }
        Set<Mark> marks = decisions.marks(office, application, List.of(first, again), took);
        decided.flatMap(Heard::mark).ifPresent(marks::add);
        if (marks.size() > 1) {
            return Judgement.failed(
                    Whose.OFFICE, "it worked one message %d times: so many decisions came".formatted(marks.size()));
        }
        return Judgement.passed(
                marks.isEmpty()
                        ? "the same answer; no decision came that could differ"
                        : "the same answer, one decision");
    }

    private Trial follows(String document) {
        String id = document + "/follows";
        String closed = openings.closed(document);
        return closed.isEmpty()
                ? Trial.of(id, TAKEN, office -> {
                    Opening opening = openings.of(office, document);
                    return openings.taken(office, opening, office.send(opening.message()));
                })
                : Trial.notApplicable(id, TAKEN, closed);
    }

    private Judgement tooLate(Office office) throws InterruptedException {
        Message application = cases.application();
        Heard answer = office.send(application);
        Judgement taken = Judgement.taken(answer);
        if (!taken.isPassed()) {
            throw new NothingToFollow(taken);
        }
        Optional<Heard> decided = decisions.await(office, application, answer);
        if (decided.isEmpty()) {
            return Judgement.failed(Whose.OFFICE, "nothing can come too late: " + decisions.silence());
        }
        Heard heard = office.send(cases.following("withdrawal", application));
        return heard.is(Meaning.REFUSED)
                ? Judgement.passed(heard.said())
                : Judgement.failed(
                        heard.is(Meaning.TAKEN) ? Whose.OFFICE : Whose.EITHER,
                        "the case was decided, and it says of its withdrawal: " + heard.said());
    }
}
