package org.shuniu.simulator;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** One misbehaviour as it was switched on; who waits in it is released when it is switched off. */
final class Fault {
    private final FaultKind kind;
    private final Duration length;
    private final CountDownLatch lifted = new CountDownLatch(1);

    Fault(FaultKind kind, Duration length) {
        this.kind = kind;
        this.length = length;
    }

    static Fault none() {
        return new Fault(FaultKind.NONE, Duration.ZERO);
    }

    FaultKind kind() {
        return kind;
    }

    boolean is(FaultKind other) {
        return kind == other;
    }

    Duration length() {
        return length;
    }

    void lift() {
        lifted.countDown();
    }

    boolean isLifted() {
        return lifted.getCount() == 0;
    }

    void sitOut() {
        try {
            lifted.await(length.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
