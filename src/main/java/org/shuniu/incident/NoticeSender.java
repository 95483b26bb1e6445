package org.shuniu.incident;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.shuniu.store.RepeatedLook;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Sends notices; nothing of the database is held meanwhile. */
final class NoticeSender implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(NoticeSender.class);
    private static final Duration FIRST_WAIT = Duration.ofSeconds(1);
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(10);
    private static final int DOUBLINGS = 10;

    private final NoticeOutbox outbox;
    private final Map<String, Channel> channels;
    private final Duration hold;
    private final RepeatedLook looks;

    /** @param hold longer than any call */
    NoticeSender(NoticeOutbox outbox, List<Channel> channels, Duration hold, Duration every) {
        this.outbox = outbox;
        this.channels = channels.stream().collect(Collectors.toMap(Channel::name, Function.identity()));
        this.hold = hold;
        this.looks = new RepeatedLook("incident-notices", () -> every, this::look);
    }

    private void look() {
        while (looks.isRunning()) {
            Optional<NoticeOutbox.Notice> next = outbox.take(hold);
            if (next.isEmpty()) {
                return;
            }
            send(next.get());
        }
    }

    private void send(NoticeOutbox.Notice notice) {
        Channel channel = channels.get(notice.channel());
        try {
            if (channel == null) {
                throw new Channel.NotTaken("the channel is not configured any more");
            }
            channel.send(notice.id(), notice.body());
            outbox.sent(notice.id());
        } catch (Channel.NotTaken failure) {
            Duration wait = wait(notice.tries());
            LOG.warn(
                    "Notice {} was not taken by {}, again in {}: {}",
                    notice.id(),
                    notice.channel(),
                    wait,
                    failure.getMessage());
            outbox.notSent(notice.id(), failure.getMessage(), wait);
        }
    }

    private static Duration wait(int tries) {
        Duration wait = FIRST_WAIT.multipliedBy(1L << Math.min(DOUBLINGS, tries - 1));
        return wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait;
    }

    @Override
    public void start() {
        if (!channels.isEmpty()) {
            looks.start();
        }
    }

    @Override
    public void stop() {
        if (looks.isRunning()) {
            looks.stop(hold);
        }
    }

    @Override
    public boolean isRunning() {
        return looks.isRunning();
    }
}
