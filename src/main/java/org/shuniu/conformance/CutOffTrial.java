package org.shuniu.conformance;

import java.util.Optional;
import org.shuniu.conformance.Correspondence.Halving;
import org.shuniu.conformance.Correspondence.Possible;
import org.shuniu.conformance.Heard.Meaning;
import org.shuniu.conformance.Openings.Opening;
import org.shuniu.contract.Contract;
import org.shuniu.mapping.Rendered;

/** Only the first half of a document gets to the office. */
final class CutOffTrial {

    private final Contract contract;
    private final MadeUpCases cases;
    private final Openings openings;
    private final Correspondence way;

    CutOffTrial(Contract contract, MadeUpCases cases, Openings openings, Correspondence way) {
        this.contract = contract;
        this.cases = cases;
        this.openings = openings;
        this.way = way;
    }

    Trial of(String document) {
        String id = document + "/unreadable";
        String expected = way.answersLater() ? "not worked, and no trouble for the next one" : SentBackTrials.SENT_BACK;
        if (way.halving() instanceof Possible.Not<Halving> not) {
            return Trial.notApplicable(id, expected, not.because());
        }
        String closed = closed(document);
        if (!closed.isEmpty()) {
            return Trial.notApplicable(id, expected, closed);
        }
        Halving half = ((Possible.As<Halving>) way.halving()).way();
        Trial trial =
                Trial.of(id, expected, office -> run(office, document, half)).waiting(FollowingTrials.FOLLOWED);
        return way.answersLater() ? trial.byItself() : trial;
    }

    private String closed(String document) {
        return contract.protocol().isFlat() && !document.equals(Openings.APPLICATION)
                ? "a file is cut off whatever its lines are: that is tried with an application"
                : openings.closed(document);
    }

    private Judgement run(Office office, String document, Halving half) throws InterruptedException {
        Opening opening = openings.of(office, document);
        Message message = opening.message();
        Rendered whole = office.encoded(message, office.fields(message));
        Rendered cut = new Rendered(half.body().apply(whole.body()), whole.mediaType());
        Heard answer = new Office(office.way().by(half.channel()), office.transcript()).handIn(message, cut);
        return way.answersLater() && answer.is(Meaning.TAKEN)
                ? thrownAway(office, message)
                : SentBackTrials.judged(office, document, message, Judgement.sentBack(answer));
    }

    /** What can't be read does not say whose it is: nobody can be told that it was thrown away, but it may keep nothing else back. */
    private Judgement thrownAway(Office office, Message message) throws InterruptedException {
        Judgement next = Judgement.taken(office.send(cases.application()));
        if (!next.isPassed()) {
            return Judgement.failed(next.whose(), "the whole one after it was not taken: " + next.came());
        }
        Optional<Heard> said = office.further(message);
        return said.isPresent()
                ? Judgement.sentBack(said.get())
                : Judgement.passed("nothing is said of it, and the next one is worked");
    }
}
