package org.shuniu.conformance;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.shuniu.conformance.Heard.Meaning;

/** What an office has said without being asked, whatever brought it. */
final class Arrivals {

    /**
     * What came.
     *
     * @param heard the same as the hub understands it
     */
    record Arrived(byte[] body, Heard heard) {}

    private final List<Arrived> arrived = new ArrayList<>();
    private Optional<String> trouble = Optional.empty();
    private List<String> unread = List.of();
    private int turnedAway;

    synchronized void keep(Arrived one) {
        arrived.add(one);
        notifyAll();
    }

    /** Something came by somebody who showed another token, or none. */
    synchronized void turnAway() {
        turnedAway++;
    }

    /** @param why what the office says can't be heard now; empty when it can */
    synchronized void trouble(Optional<String> why) {
        trouble = why;
    }

    /** @param which lies there and is not to be believed as it is, or not yet; each with the reason */
    synchronized void leftUnread(List<String> which) {
        unread = List.copyOf(which);
    }

    synchronized List<Arrived> all(Predicate<Heard> which) {
        return arrived.stream().filter(one -> which.test(one.heard())).toList();
    }

    /** The first of its kind, which may still have to come. */
    synchronized Optional<Arrived> await(Predicate<Heard> which, Instant until) throws InterruptedException {
        while (true) {
            Optional<Arrived> found =
                    arrived.stream().filter(one -> which.test(one.heard())).findFirst();
            long left = until.toEpochMilli() - Instant.now().toEpochMilli();
            if (found.isPresent() || left <= 0) {
                return found;
            }
            wait(left);
        }
    }

    /** Why what the office says can't be heard, where it is known. */
    synchronized Optional<String> trouble() {
        return trouble;
    }

    /** All that came and could be of use to nobody, in words that follow what they explain; or an empty text. */
    synchronized String useless() {
        long unclear =
                arrived.stream().filter(one -> one.heard().is(Meaning.UNCLEAR)).count();
        return (turnedAway == 0
                        ? ""
                        : "; %d came with another token than the one whose digest is agreed".formatted(turnedAway))
                + (unclear == 0 ? "" : "; %d came that result.in cannot read".formatted(unclear))
                + (unread.isEmpty() ? "" : "; not read: " + unread.get(0))
                + trouble.map(why -> "; " + why).orElse("");
    }
}
