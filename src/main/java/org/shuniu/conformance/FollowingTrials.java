package org.shuniu.conformance;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.shuniu.conformance.Heard.Meaning;
import org.shuniu.conformance.Openings.Opening;
import tools.jackson.databind.node.ObjectNode;

/** What comes after an application: the same once more, a supplement, a withdrawal in time and one that is too late. */
final class FollowingTrials {

    private static final String TAKEN = "taken";
    /** For a word of what it follows, and as long once more. */
    static final int FOLLOWED = 2;
    /** For a word of it, a decision, and as long once more for another one. */
    private static final int TWICE = 4;
    /** For a word of the application, its decision, a word of the withdrawal, and another decision. */
    private static final int TOO_LATE = 4;

    private final MadeUpCases cases;
    private final Openings openings;
    private final Decisions decisions;

    FollowingTrials(MadeUpCases cases, Openings openings, Decisions decisions) {
        this.cases = cases;
        this.openings = openings;
        this.decisions = decisions;
    }

    List<Trial> trials() {
        return List.of(
                Trial.of("application/twice", "the same answer, and one effect", this::twice)
                        .waiting(TWICE),
                follows("supplement"),
                follows("withdrawal"),
                Trial.of("withdrawal/after-the-decision", "refused, and no other decision", this::tooLate)
                        .waiting(TOO_LATE));
    }

    private Judgement twice(Office office) throws InterruptedException {
        Message application = cases.application();
        ObjectNode fields = office.fields(application);
        long sent = System.nanoTime();
        Heard first = office.send(application, fields);
        Judgement taken = Judgement.taken(first);
        if (!taken.isPassed()) {
            return taken;
        }
        Optional<Heard> decided = decisions.await(office, application, first);
        Duration took = elapsed(sent);
        Heard again = office.sendAgain(application, fields);
        if (!Judgement.taken(again).isPassed()) {
            return Judgement.failed(Whose.OFFICE, "the second time it says: " + again.said());
        }
        List<Heard> said =
                Stream.concat(Stream.of(first, again), decided.stream()).toList();
        int counted = decisions.counted(office, application, said, took);
        if (counted > 1) {
            return Judgement.failed(
                    Whose.OFFICE, "it worked one message %d times: so many decisions came".formatted(counted));
        }
        return Judgement.passed(
                counted == 0 ? "the same answer; no decision came that could differ" : "the same answer, one decision");
    }

    private Trial follows(String document) {
        String id = document + "/follows";
        String closed = openings.closed(document);
        return closed.isEmpty()
                ? Trial.of(id, TAKEN, office -> {
                            Opening opening = openings.of(office, document);
                            return openings.taken(office, opening, office.send(opening.message()));
                        })
                        .waiting(FOLLOWED)
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
        long sent = System.nanoTime();
        Heard heard = office.send(cases.following("withdrawal", application));
        if (heard.is(Meaning.REFUSED)) {
            return Judgement.passed(heard.said());
        }
        boolean silent = heard.is(Meaning.TAKEN) && heard.reading() == null;
        return office.answersLater() && (silent || heard.is(Meaning.INVALID))
                ? passedOver(
                        office,
                        application,
                        List.of(decided.get(), heard),
                        // Of one that says nothing it was waited for that already.
                        silent ? Duration.ZERO : elapsed(sent))
                : Judgement.failed(
                        heard.is(Meaning.TAKEN) ? Whose.OFFICE : Whose.EITHER,
                        "the case was decided, and it says of its withdrawal: " + heard.said());
    }

    /**
     * Whoever answers by words of its own has none that refuses a withdrawal: it leaves the case as it is, and says nothing, or that it
     * can't work that.
     *
     * @param said the decision, and what came of the withdrawal
     */
    private Judgement passedOver(Office office, Message application, List<Heard> said, Duration took)
            throws InterruptedException {
        return decisions.counted(office, application, said, took) == 1
                ? Judgement.passed(
                        "the decision stands; of the withdrawal: " + said.get(1).said())
                : Judgement.failed(
                        Whose.OFFICE, "the case was decided, and after its withdrawal it was decided once more");
    }

    private static Duration elapsed(long since) {
        return Duration.ofNanos(System.nanoTime() - since);
    }
}
