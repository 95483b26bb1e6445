package org.shuniu.exchange;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.shuniu.timestamp.NotStamped;
import org.shuniu.timestamp.StampedLines;
import org.shuniu.timestamp.TimeStampAuthority;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the chains of the exchange stamped as they grow. Nothing waits for it: while the authority is away its lines wait, and
 * all that came meanwhile is stamped when it is back.
 */
final class TimeStamping {

    /** What operators see of it. */
    record State(long waitingSeconds, @Nullable String failure) {}

    /** Lines of one stamp; their tree is made anew for each package that shows it. */
    private static final long MOST_LINES = 1 << 14;

    private static final Logger LOG = LoggerFactory.getLogger(TimeStamping.class);

    private final TimeStamps stamps;
    private final TimeStampAuthority authority;
    private final AuthorityCall call;
    private final Duration every;
    private final Clock clock;
    private volatile @Nullable Instant waitingSince;
    private volatile @Nullable String failure;

    /** @param every how long a chain that grows may be without a new stamp */
    TimeStamping(TimeStamps stamps, TimeStampAuthority authority, AuthorityCall call, Duration every, Clock clock) {
        this.stamps = stamps;
        this.authority = authority;
        this.call = call;
        this.every = every;
        this.clock = clock;
    }

    /** Stamps what is due; what fails is due at the next look. */
    void look() {
        try {
            for (TimeStamps.Waiting chain : stamps.waiting()) {
                if (isDue(chain)) {
                    stamp(chain);
                }
            }
            if (failure != null) {
                LOG.info("The time-stamp authority stamps again");
                failure = null;
            }
        } catch (NotStamped not) {
            if (failure == null) {
                LOG.warn("The time-stamp authority did not stamp, it is asked again: {}", not.getMessage());
            }
            failure = not.getMessage();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } finally {
            waitingSince = oldest(stamps.waiting());
        }
    }

    private boolean isDue(TimeStamps.Waiting chain) {
        return chain.last() == null || !clock.instant().isBefore(chain.last().plus(every));
    }

    private void stamp(TimeStamps.Waiting chain) throws NotStamped, InterruptedException {
        for (long from = chain.stamped() + 1; from <= chain.seq(); from += MOST_LINES) {
            long to = Math.min(chain.seq(), from + MOST_LINES - 1);
            StampedLines lines = stamps.lines(chain.chain(), from, to);
            TimeStampAuthority.Question question = authority.ask(lines.bytes());
            byte[] answer = call.ask(question.bytes());
            Instant now = clock.instant();
            stamps.keep(lines, answer, authority.check(question, answer, now), now);
        }
    }

    private static @Nullable Instant oldest(List<TimeStamps.Waiting> waiting) {
        return waiting.stream()
                .map(TimeStamps.Waiting::since)
                .min(Instant::compareTo)
                .orElse(null);
    }

    /** How long the oldest line has waited for its stamp, and why the authority gave none when it was asked last. */
    State state() {
        Instant since = waitingSince;
        long seconds = since == null
                ? 0
                : Math.max(0, Duration.between(since, clock.instant()).toSeconds());
        return new State(seconds, failure);
    }
}
