package org.shuniu.conformance;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.shuniu.conformance.Arrivals.Arrived;
import org.shuniu.conformance.Heard.Meaning;

/**
 * What an office says of messages that it can't answer when they are handed in: it comes by files, rows or messages of its own.
 *
 * <p>It has to say something of each application. Of what only follows one it need not: that it has had the time to object, and has
 * not, is all that can be known.
 */
final class LaterWords {

    private final Arrivals arrivals;
    private final Duration within;
    private final Duration quiet;
    private final AtomicReference<Duration> slowest = new AtomicReference<>(Duration.ZERO);

    /** @param within which the test system has to say something of an application */
    LaterWords(Arrivals arrivals, Duration within) {
        this.arrivals = arrivals;
        this.within = within;
        this.quiet = Decisions.quiet(within);
    }

    /** Of a message that was handed in just now. */
    Heard of(Message message, Transcript transcript) throws InterruptedException {
        return message.isApplication() ? ofApplication(message, transcript) : ofFollowing(message, transcript);
    }

    private Heard ofApplication(Message application, Transcript transcript) throws InterruptedException {
        Instant handedIn = Instant.now();
        Optional<Arrived> word = arrivals.await(heard -> heard.answers(application), handedIn.plus(within));
        word.ifPresent(one -> took(handedIn));
        return word.map(one -> noted(one, transcript)).orElseGet(() -> silence(application));
    }

    /**
     * A contract has no word by which such a message is taken, so only an objection is waited for, for all the time that a word may take.
     * What is said of the application, before or after, shows no more than that the office works its case.
     */
    private Heard ofFollowing(Message message, Transcript transcript) throws InterruptedException {
        Instant handedIn = Instant.now();
        Optional<Arrived> word = arrivals.await(heard -> heard.answers(message), handedIn.plus(within));
        if (word.isPresent()) {
            took(handedIn);
            return noted(word.get(), transcript);
        }
        boolean works = !arrivals.all(heard -> heard.isOfCase(message.caseNo())).isEmpty();
        return works && arrivals.trouble().isEmpty()
                ? Heard.without(Meaning.TAKEN, "not objected to within %d s".formatted(within.toSeconds()))
                : silence(message);
    }

    /** What is still said of a message when the office has had the time for it; nothing where it says nothing. */
    Optional<Heard> further(Message message, Transcript transcript) throws InterruptedException {
        return arrivals.await(heard -> heard.answers(message), objected()).map(one -> noted(one, transcript));
    }

    /** A decision of a message, which may come after a word that says something else of it. */
    Optional<Heard> decided(Message message, Transcript transcript) throws InterruptedException {
        return arrivals.await(heard -> heard.answers(message) && heard.isDecision(), objected())
                .map(one -> noted(one, transcript));
    }

    /** By when it would have said something. */
    private Instant objected() {
        return Instant.now().plus(slowest.get()).plus(quiet);
    }

    /** What was said of a message by now. */
    Optional<Heard> known(Message message) {
        return arrivals.all(heard -> heard.answers(message)).stream()
                .map(Arrived::heard)
                .findFirst();
    }

    private void took(Instant handedIn) {
        Duration took = Duration.between(handedIn, Instant.now());
        slowest.accumulateAndGet(took, (one, other) -> one.compareTo(other) > 0 ? one : other);
    }

    private static Heard noted(Arrived word, Transcript transcript) {
        transcript.came("word", word.body());
        return word.heard();
    }

    /** Nobody can say whose fault it is where words can't be fetched. */
    private Heard silence(Message message) {
        boolean elsewhere = message.isApplication()
                && !arrivals.all(heard -> heard.isAbout(message)).isEmpty();
        String said = "nothing was said of it within %d s%s%s"
                .formatted(
                        within.toSeconds(),
                        elsewhere ? "; of its case something was said under another message id" : "",
                        arrivals.useless());
        return Heard.without(arrivals.trouble().isPresent() ? Meaning.UNCLEAR : Meaning.SILENT, said);
    }
}
