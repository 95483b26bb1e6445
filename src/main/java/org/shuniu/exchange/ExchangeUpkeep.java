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

    private final ScheduledExecutorService clockwork;

    /** @param looks none of which waits for another */
    ExchangeUpkeep(List<Runnable> looks) {
        this.clockwork = Executors.newScheduledThreadPool(looks.size(), work -> {
            Thread thread = new Thread(work, "exchange-upkeep");
            thread.setDaemon(true);
            return thread;
        });
        looks.forEach(look ->
                clockwork.scheduleWithFixedDelay(() -> again(look), EVERY_SECONDS, EVERY_SECONDS, TimeUnit.SECONDS));
    }

    /** What fails is looked at again. */
    private static void again(Runnable look) {
        try {
            look.run();
        } catch (RuntimeException failure) {
            LOG.warn(
                    "A part of the exchange could not be looked at, or what is new in it not be recorded: {}",
                    failure.getClass().getSimpleName());
        }
    }

    @Override
    public void close() {
        clockwork.shutdownNow();
    }
}
