package org.shuniu.channel;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.sshd.client.session.ClientSession;

/** Ends a session whose time is over, whatever it waits for. */
record Deadline(Future<?> watch) implements AutoCloseable {

    private static final ScheduledThreadPoolExecutor WATCH = watcher();

    private static ScheduledThreadPoolExecutor watcher() {
        ScheduledThreadPoolExecutor watcher = new ScheduledThreadPoolExecutor(1, work -> {
            Thread thread = new Thread(work, "sftp-deadlines");
            thread.setDaemon(true);
            return thread;
        });
        watcher.setRemoveOnCancelPolicy(true);
        return watcher;
    }

    static Deadline of(ClientSession session, Duration time) {
        return new Deadline(WATCH.schedule(() -> session.close(true), time.toMillis(), TimeUnit.MILLISECONDS));
    }

    @Override
    public void close() {
        watch.cancel(false);
    }
}
