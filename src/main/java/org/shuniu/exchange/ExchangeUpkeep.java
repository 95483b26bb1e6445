package org.shuniu.exchange;

import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at what may change while the hub runs: regions' profiles, certificates, keys. */
final class ExchangeUpkeep implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ExchangeUpkeep.class);
    private static final long EVERY_SECONDS = 10;

    private final List<Runnable> looks;
    private final ScheduledExecutorService clockwork;

    ExchangeUpkeep(List<Runnable> looks) {
        this.looks = looks;
        this.clockwork = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread thread = new Thread(work, "exchange-upkeep");
            thread.setDaemon(true);
            return thread;
        });
        clockwork.scheduleWithFixedDelay(this::look, EVERY_SECONDS, EVERY_SECONDS, TimeUnit.SECONDS);
    }

    /** What fails is looked at again, and keeps nothing else from being looked at. */
    private void look() {
        for (Runnable look : looks) {
            try {
                look.run();
            } catch (RuntimeException failure) {
                LOG.warn(
                        "A part of the exchange could not be looked at: {}",
                        failure.getClass().getSimpleName());
            }
        }
    }

    @Override
    public void close() {
        clockwork.shutdownNow();
    }
}
