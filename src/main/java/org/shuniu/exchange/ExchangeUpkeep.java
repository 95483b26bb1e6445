package org.shuniu.exchange;

import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at what may change while the hub runs: regions' profiles, certificates, keys. */
final class ExchangeUpkeep implements AutoCloseable {

    /** @param every seconds between two looks */
    record Look(Runnable run, long every) {}

    private static final Logger LOG = LoggerFactory.getLogger(ExchangeUpkeep.class);

    private final ScheduledExecutorService clockwork;

    /** @param looks none of which waits for another */
    ExchangeUpkeep(List<Look> looks) {
        this.clockwork = Executors.newScheduledThreadPool(looks.size(), work -> {
            Thread thread = new Thread(work, "exchange-upkeep");
            thread.setDaemon(true);
            return thread;
        });
        looks.forEach(look ->
                clockwork.scheduleWithFixedDelay(() -> again(look), look.every(), look.every(), TimeUnit.SECONDS));
    }

    /** What fails is looked at again. */
    private static void again(Look look) {
        try {
            look.run().run();
        } catch (RuntimeException | Error failure) {
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
