package org.shuniu.conformance;

import org.shuniu.conformance.Heard.Meaning;
import org.shuniu.contract.Contract.Results;

/** Messages that may come now: whatever follows an application has one before it that was taken and is not decided. */
final class Openings {

    static final String APPLICATION = "application";

    /**
     * A message and what came before it.
     *
     * @param before the application that it follows, or itself
     * @param answer to that application; of an application that is to be sent, nothing was said yet
     */
    record Opening(Message message, Message before, Heard answer) {}

    private final MadeUpCases cases;
    private final Decisions decisions;
    private final Results way;

    Openings(MadeUpCases cases, Decisions decisions, Results way) {
        this.cases = cases;
        this.decisions = decisions;
        this.way = way;
    }

    /** Why nothing can follow an application to this office, or an empty text. */
    String closed(String document) {
        return way == Results.AT_ONCE && !document.equals(APPLICATION)
                ? "it decides at once, and nothing follows what is decided"
                : "";
    }

    /**
     * Makes one.
     *
     * @throws NothingToFollow when the application before it is not taken
     */
    Opening of(Office office, String document) throws InterruptedException {
        Message application = cases.application();
        if (document.equals(APPLICATION)) {
            return new Opening(application, application, Heard.without(Meaning.UNCLEAR, "not sent yet"));
        }
        // Nobody waits for words that come later: they may say that it is decided.
        Heard answer = office.handIn(application, office.encoded(application, office.fields(application)));
        requireTaken(answer);
        return new Opening(cases.following(document, application), application, answer);
    }

    private static void requireTaken(Heard answer) {
        Judgement taken = Judgement.taken(answer);
        if (!taken.isPassed()) {
            throw new NothingToFollow(taken);
        }
    }

    /** @throws NothingToFollow when it was said meanwhile that the application before it was not taken */
    void requireOpened(Office office, Opening opening) {
        if (opening.message() != opening.before()) {
            office.known(opening.before()).ifPresent(Openings::requireTaken);
        }
    }

    /** Whether a message was taken that follows something, unless it came too late for that. */
    Judgement taken(Office office, Opening opening, Heard heard) throws InterruptedException {
        requireOpened(office, opening);
        boolean late = heard.is(Meaning.REFUSED)
                && !opening.message().isApplication()
                && decisions.isDecided(office, opening.before(), opening.answer());
        return late
                ? Judgement.notApplicable(
                        "the office had decided the case before this came, and says so: " + heard.said())
                : Judgement.taken(heard);
    }
}
