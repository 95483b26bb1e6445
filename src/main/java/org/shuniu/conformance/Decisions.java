package org.shuniu.conformance;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.shuniu.conformance.Heard.Mark;
import org.shuniu.contract.Contract.Results;

/** What an office decides, in the way in which it was agreed that it tells it. */
final class Decisions {

    private static final Duration LOOK = Duration.ofMillis(300);
    private static final Duration QUIET_AT_LEAST = Duration.ofSeconds(2);

    private final Results way;
    private final @Nullable CallbackDoor door;
    private final Duration within;

    /**
     * @param door where callbacks come, or null where none do
     * @param within which a test system has to decide
     */
    Decisions(Results way, @Nullable CallbackDoor door, Duration within) {
        this.way = way;
        this.door = door;
        this.within = within;
    }

    Duration within() {
        return within;
    }

    /** Of an application that was taken, by the way that the contract names; empty when its time is over. */
    Optional<Heard> await(Office office, Message application, Heard answer) throws InterruptedException {
        return switch (way) {
            case AT_ONCE -> Optional.of(answer).filter(Heard::isDecision);
            case CALLBACK -> calledBack(office, application);
            case QUERY, POLL -> asked(office, application, answer);
        };
    }

    private Optional<Heard> calledBack(Office office, Message application) throws InterruptedException {
        Optional<CallbackDoor.Arrived> arrived = Objects.requireNonNull(door)
                .await(
                        heard -> heard.isDecision() && heard.isAbout(application),
                        Instant.now().plus(within));
        arrived.ifPresent(one -> office.transcript().came("callback", one.body()));
        return arrived.map(CallbackDoor.Arrived::heard);
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
        boolean told = door != null && !told(application).isEmpty();
        return told
                || office.isAsked()
                        && office.ask(application, answer.ticket().orElse(null)).isDecision();
    }

    private List<CallbackDoor.Arrived> told(Message application) {
        return door == null ? List.of() : door.all(heard -> heard.isDecision() && heard.isAbout(application));
    }

    /**
     * Everything that it has decided of one message, after a while in which it could have decided once more.
     *
     * @param answers to the message, each time that it was sent
     * @param first how long the first decision took; a second one may take as long, and a little more
     */
    Set<Mark> marks(Office office, Message application, List<Heard> answers, Duration first)
            throws InterruptedException {
        Duration quiet = first.plus(QUIET_AT_LEAST);
        Thread.sleep(way == Results.AT_ONCE ? 0 : quiet.toMillis());
        List<Heard> heard = new ArrayList<>(answers);
        told(application).forEach(one -> heard.add(one.heard()));
        if (office.isAsked()) {
            heard.add(office.ask(application, answers.get(0).ticket().orElse(null)));
        }
        Set<Mark> marks = new LinkedHashSet<>();
        heard.forEach(one -> one.mark().ifPresent(marks::add));
        return marks;
    }

    /** Why nothing was heard, as far as can be seen from here. */
    String silence() {
        String waited = "no decision within %d s".formatted(within.toSeconds());
        if (way != Results.CALLBACK || door == null) {
            return waited;
        }
        String away = door.turnedAway() == 0
                ? ""
                : "; %d callbacks came with another token than the one whose digest is agreed"
                        .formatted(door.turnedAway());
        String unclear =
                door.unclear() == 0 ? "" : "; %d callbacks came that result.in cannot read".formatted(door.unclear());
        return waited + " by callback" + away + unclear;
    }
}
