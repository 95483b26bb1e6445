package org.shuniu.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.shuniu.conformance.Heard.Meaning;
import org.shuniu.contract.Contract.Results;

/** How an office tells what it has decided, and what it says when it is asked. */
final class ResultTrials {

    private static final String DECIDED = "a decision, as a document of the hub";
    private static final String NOT_ASKED = "partner.yaml has no operation query: it is never asked";

    private final MadeUpCases cases;
    private final Decisions decisions;
    private final Results way;
    private final boolean asked;

    /** @param asked whether the office can be asked */
    ResultTrials(MadeUpCases cases, Decisions decisions, Results way, boolean asked) {
        this.cases = cases;
        this.decisions = decisions;
        this.way = way;
        this.asked = asked;
    }

    List<Trial> trials() {
        List<Trial> trials = new ArrayList<>();
        trials.add(Trial.of(
                        "result/" + way.word(),
                        "%s within %d s".formatted(DECIDED, decisions.within().toSeconds()),
                        this::byItsWay)
                .waiting(2));
        if (way != Results.QUERY) {
            trials.add(whereAsked("result/query", DECIDED, this::byQuestions).waiting(1));
        }
        trials.add(whereAsked("asked/in-work", "that it has it", this::inWork));
        trials.add(whereAsked("asked/never-received", "that it never had it", this::neverReceived));
        return trials;
    }

    private Trial whereAsked(String id, String expected, Trial.Act act) {
        return asked ? Trial.of(id, expected, act) : Trial.notApplicable(id, expected, NOT_ASKED);
    }

    private Judgement byItsWay(Office office) throws InterruptedException {
        Message application = cases.application();
        if (way == Results.AT_ONCE) {
            Heard answer = office.send(application);
            return answer.isDecision() ? decision(Optional.of(answer)) : notAtOnce(answer);
        }
        Heard answer = taken(office, application);
        return decision(decisions.await(office, application, answer));
    }

    private static Judgement notAtOnce(Heard answer) {
        Judgement taken = Judgement.taken(answer);
        return taken.isPassed()
                ? Judgement.failed(Whose.OFFICE, "its answer says nothing of a decision: " + answer.said())
                : taken;
    }

    private Judgement byQuestions(Office office) throws InterruptedException {
        Message application = cases.application();
        Heard answer = taken(office, application);
        return decision(decisions.asked(office, application, answer));
    }

    private static Heard taken(Office office, Message application) throws InterruptedException {
        Heard answer = office.send(application);
        Judgement taken = Judgement.taken(answer);
        if (!taken.isPassed()) {
            throw new NothingToFollow(taken);
        }
        return answer;
    }

    private Judgement decision(Optional<Heard> decided) {
        if (decided.isEmpty()) {
            return Judgement.failed(Whose.OFFICE, decisions.silence());
        }
        Heard heard = decided.get();
        if (heard.misfit() != null) {
            return Judgement.failed(Whose.EITHER, heard.misfit());
        }
        boolean clear = heard.is(Meaning.TAKEN) || heard.is(Meaning.REFUSED);
        return clear ? Judgement.passed(heard.said()) : Judgement.failed(Whose.EITHER, heard.said());
    }

    private Judgement inWork(Office office) throws InterruptedException {
        Message application = cases.application();
        Heard answer = taken(office, application);
        Heard said = office.ask(application, answer.ticket().orElse(null));
        if (said.is(Meaning.NEVER_RECEIVED)) {
            return Judgement.failed(
                    Whose.OFFICE, "it took the application, and says that it never had it: " + said.said());
        }
        return said.isDecision() && said.misfit() == null ? Judgement.passed(said.said()) : Judgement.taken(said);
    }

    /** Whoever says anything else of a number that it never had will say the same of a message that was lost. */
    private Judgement neverReceived(Office office) throws InterruptedException {
        Heard said = office.ask(cases.application(), null);
        return said.is(Meaning.NEVER_RECEIVED)
                ? Judgement.passed(said.said())
                : Judgement.failed(said.is(Meaning.UNCLEAR) ? Whose.EITHER : Whose.OFFICE, said.said());
    }
}
