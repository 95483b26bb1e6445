package org.shuniu.conformance;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Looks again and again for what an office has said, as a hub does. */
final class Looks implements AutoCloseable {

    /** One of them. */
    interface Look {

        /** @return why not everything could be heard, where it is known */
        Optional<String> look() throws IOException;
    }

    private static final Duration LONGEST_END = Duration.ofSeconds(5);

    private final Duration every;
    private final Arrivals arrivals;
    private final Look look;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread worker = new Thread(this::run, "conformance-looks");

    /** @param arrivals is told why not everything can be heard */
    private Looks(Duration every, Arrivals arrivals, Look look) {
        this.every = every;
        this.arrivals = arrivals;
        this.look = look;
        worker.setDaemon(true);
    }

    static Looks begin(Duration every, Arrivals arrivals, Look look) {
        Looks looks = new Looks(every, arrivals, look);
        looks.worker.start();
        return looks;
    }

    private void run() {
        try {
            while (!closing.await(every.toMillis(), TimeUnit.MILLISECONDS)) {
                arrivals.trouble(looked());
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whatever goes wrong is told with what is missing because of it; the next look may go better. */
    private Optional<String> looked() {
        try {
            return look.look();
        } catch (IOException | RuntimeException failure) {
            return Optional.of(
                    "what it says cannot be fetched: " + failure.getClass().getSimpleName());
        }
    }

    @Override
    public void close() {
        closing.countDown();
        try {
            worker.join(LONGEST_END.toMillis());
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }
}
