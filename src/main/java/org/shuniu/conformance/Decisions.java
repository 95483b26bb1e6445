package org.shuniu.conformance;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.shuniu.conformance.Arrivals.Arrived;
import org.shuniu.conformance.Heard.Mark;
import org.shuniu.contract.Contract.Results;

/** What an office decides, in the way in which it was agreed that it tells it. */
final class Decisions {

    private static final Duration LOOK = Duration.ofMillis(300);
    private static final Duration QUIET = Duration.ofSeconds(2);

    private final Results way;
    private final Arrivals arrivals;
    private final Duration within;

    /**
     * @param arrivals what it says by itself
     * @param within which a test system has to decide
     */
    Decisions(Results way, Arrivals arrivals, Duration within) {
        this.way = way;
        this.arrivals = arrivals;
        this.within = within;
    }

    Duration within() {
        return within;
    }

    /**
     * How much longer than the first word of a thing a second one may take.
     *
     * @param within which the first one has to come
     */
    static Duration quiet(Duration within) {
        return within.compareTo(QUIET) < 0 ? within : QUIET;
    }

    /** Of an application that was taken, by the way that the contract names; empty when its time is over. */
    Optional<Heard> await(Office office, Message application, Heard answer) throws InterruptedException {
        return switch (way) {
            case AT_ONCE -> Optional.of(answer).filter(Heard::isDecision);
            case CALLBACK, POLL -> told(office, application);
            case QUERY -> asked(office, application, answer);
        };
    }

    private Optional<Heard> told(Office office, Message application) throws InterruptedException {
        Optional<Arrived> arrived = arrivals.await(
                heard -> heard.isDecision() && heard.isAbout(application),
                Instant.now().plus(within));
        arrived.ifPresent(one -> office.transcript().came(way == Results.CALLBACK ? "callback" : "word", one.body()));
        return arrived.map(Arrived::heard);
    }

    /** By questions, until it says how the case ended. */
    Optional<Heard> asked(Office office, Message application, Heard answer) throws InterruptedException {
        Instant until = Instant.now().plus(within);
        String ticket = answer.ticket().orElse(null);
        while (true) {
            Heard said = office.ask(application, ticket);
            ticket = said.ticket().orElse(ticket);
            if (said.isDecision()) {
                return Optional.of(said);
            }
            if (!Instant.now().isBefore(until)) {
                return Optional.empty();
            }
            Thread.sleep(LOOK.toMillis());
        }
    }

    /** Whether it has decided by now, as far as it says. */
    boolean isDecided(Office office, Message application, Heard answer) throws InterruptedException {
        if (answer.isDecision()) {
            return true;
        }
        return !told(application).isEmpty()
                || office.isAsked()
                        && office.ask(application, answer.ticket().orElse(null)).isDecision();
    }

    private List<Arrived> told(Message application) {
        return arrivals.all(heard -> heard.isDecision() && heard.isAbout(application));
    }

    /**
     * How often it has decided one message, after a while in which it could have decided once more. A decision may be told in several
     * ways, none of which says all of it.
     *
     * @param answers to the message, each time that it was sent, and what was decided first
     * @param first how long the first decision took; a second one may take as long, and a little more
     */
    int counted(Office office, Message application, List<Heard> answers, Duration first) throws InterruptedException {
        Thread.sleep(way == Results.AT_ONCE ? 0 : first.plus(quiet(within)).toMillis());
        List<Heard> heard = new ArrayList<>(answers);
        told(application).forEach(one -> heard.add(one.heard()));
        if (office.isAsked()) {
            heard.add(office.ask(application, answers.get(0).ticket().orElse(null)));
        }
        return Mark.decisions(heard.stream().flatMap(one -> one.mark().stream()).toList());
    }

    /** Why nothing was heard, as far as can be seen from here. */
    String silence() {
        String how = switch (way) {
            case CALLBACK -> " by callback";
            case POLL -> " by rows, files or messages of its own";
            case AT_ONCE, QUERY -> "";
        };
        return "no decision within %d s%s%s".formatted(within.toSeconds(), how, arrivals.useless());
    }
}
