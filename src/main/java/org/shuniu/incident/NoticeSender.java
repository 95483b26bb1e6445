package org.shuniu.incident;

import java.time.Duration;
import java.util.List;
import org.springframework.context.SmartLifecycle;

/** Sends notices, each channel by itself: whoever does not answer keeps nobody else from knowing. */
final class NoticeSender implements SmartLifecycle {

    private final List<NoticeLine> lines;
    private volatile boolean running;

    NoticeSender(NoticeOutbox outbox, List<Channel> channels, Duration every) {
        this.lines = channels.stream()
                .map(channel -> new NoticeLine(outbox, channel, every))
                .toList();
    }

    @Override
    public void start() {
        lines.forEach(NoticeLine::start);
        running = true;
    }

    @Override
    public void stop() {
        if (running) {
            running = false;
            // All are asked before any is waited for: what is under way ends within the longest deadline, not their
            // sum.
            lines.forEach(NoticeLine::end);
            lines.forEach(NoticeLine::awaitEnd);
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
