package org.shuniu.incident;

import java.time.Duration;
import java.util.Optional;
import org.shuniu.store.RepeatedLook;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends the notices of one channel on a thread of its own; nothing of the database is held meanwhile.
 *
 * <p>What may have arrived is sent again: an alarm twice is better than none. Where the addressee does not know it again, such as a
 * telephone behind SMPP, that is done once and not more.
 */
final class NoticeLine {

    private static final Logger LOG = LoggerFactory.getLogger(NoticeLine.class);
    private static final Duration FIRST_WAIT = Duration.ofSeconds(1);
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(10);
    private static final int DOUBLINGS = 10;
    private static final int MOST_DOUBTS = 2;

    /** What a notice may be held for beyond its call. */
    private static final Duration MARGIN = Duration.ofSeconds(30);

    private final NoticeOutbox outbox;
    private final Channel channel;
    private final Duration hold;
    private final RepeatedLook looks;

    NoticeLine(NoticeOutbox outbox, Channel channel, Duration every) {
        this.outbox = outbox;
        this.channel = channel;
        this.hold = channel.deadline().plus(MARGIN);
        this.looks = new RepeatedLook("notices-" + channel.name(), () -> every, this::look);
    }

    private void look() {
        while (looks.isRunning()) {
            Optional<NoticeOutbox.Notice> next = outbox.take(channel.name(), hold);
            if (next.isEmpty()) {
                return;
            }
            send(next.get());
        }
    }

    private void send(NoticeOutbox.Notice notice) {
        if (notice.doubts() >= MOST_DOUBTS && !channel.knowsItAgain()) {
            outbox.giveUp(notice.id(), "nobody knows whether it arrived, %d times".formatted(notice.doubts()));
            return;
        }
        try {
            channel.send(notice.id(), notice.body());
            outbox.sent(notice.id());
        } catch (Channel.NotTaken failure) {
            Duration wait = wait(notice.tries());
            LOG.warn(
                    "Notice {} was not taken by {}, again in {}: {}",
                    notice.id(),
                    channel.name(),
                    wait,
                    failure.getMessage());
            outbox.notSent(notice.id(), failure, wait);
        }
    }

    private static Duration wait(int tries) {
        Duration wait = FIRST_WAIT.multipliedBy(1L << Math.min(DOUBLINGS, tries - 1));
        return wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait;
    }

    void start() {
        looks.start();
    }

    /** Asks it to end after the notice that is under way. */
    void end() {
        looks.end();
    }

    void awaitEnd() {
        looks.stop(hold);
    }
}
