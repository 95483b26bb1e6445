package org.shuniu.channel;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Channels that nothing begins on any more: each is closed when the last that began on it must have ended. */
final class RetiredChannels implements AutoCloseable {

    /** What a call may need besides its own time: a token that is fetched first, a second try. */
    private static final Duration MARGIN = Duration.ofSeconds(30);

    private final Set<PartnerChannel> open = ConcurrentHashMap.newKeySet();
    private final ScheduledThreadPoolExecutor later = new ScheduledThreadPoolExecutor(1, work -> {
        Thread thread = new Thread(work, "retired-channels");
        thread.setDaemon(true);
        return thread;
    });

    void closeLater(PartnerChannel channel) {
        open.add(channel);
        // What was claimed for it may wait as long for its turn as its call may take.
        Duration longest = channel.longest().multipliedBy(2).plus(MARGIN);
        later.schedule(() -> close(channel), longest.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void close(PartnerChannel channel) {
        if (open.remove(channel)) {
            channel.close();
        }
    }

    @Override
    public void close() {
        later.shutdownNow();
        open.forEach(this::close);
    }
}
