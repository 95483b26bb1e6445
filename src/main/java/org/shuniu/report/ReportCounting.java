package org.shuniu.report;

import java.time.Duration;
import org.shuniu.store.RepeatedLook;
import org.springframework.context.SmartLifecycle;

/** Counts what is new again and again. */
final class ReportCounting implements SmartLifecycle {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final ReportSums sums;
    private final RepeatedLook looks;

    ReportCounting(ReportSums sums, ReportProperties settings) {
        this.sums = sums;
        this.looks = new RepeatedLook("reports", settings::every, this::countAll);
    }

    /** Rests for as long as it worked: who counts a year after an update must not slow down the day. */
    private void countAll() throws InterruptedException {
        long begun = System.nanoTime();
        while (looks.isRunning() && !sums.count()) {
            Thread.sleep(Duration.ofNanos(System.nanoTime() - begun).toMillis());
            begun = System.nanoTime();
        }
    }

    @Override
    public void start() {
        looks.start();
    }

    @Override
    public void stop() {
        looks.stop(PATIENCE);
    }

    @Override
    public boolean isRunning() {
        return looks.isRunning();
    }
}
