package org.shuniu.channel;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jsmpp.SMPPConstant;
import org.jsmpp.extra.ProcessRequestException;
import org.shuniu.packaged.Workplace;
import org.shuniu.simulator.SmppDoor;

/** A short-message centre on a free port that does what a test says, and reports when it is told to. */
final class ShortMessageCentre implements SmppDoor.Desk, AutoCloseable {

    static final String PASSWORD = "the-pass";

    /** How long it says nothing when it is silent, unless it is closed before. */
    static final Duration SILENCE = Duration.ofMinutes(2);

    final List<String> parts = new CopyOnWriteArrayList<>();
    final AtomicInteger throttled = new AtomicInteger();
    volatile boolean silent;

    /** The number that it gives to each message, or null for one of each. */
    volatile String always;

    private final CountDownLatch closing = new CountDownLatch(1);
    private final int port = Workplace.freePort();
    private final SmppDoor door = new SmppDoor(port, this);

    int port() {
        return port;
    }

    @Override
    public boolean isOpen() {
        return true;
    }

    @Override
    public boolean knows(String password) {
        return password.equals(PASSWORD);
    }

    @Override
    public String take(SmppDoor.Part part) throws ProcessRequestException {
        if (throttled.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            throw new ProcessRequestException("throttled", SMPPConstant.STAT_ESME_RTHROTTLED);
        }
        parts.add(part.text());
        if (silent) {
            await();
        }
        return always == null ? "ID" + parts.size() : always;
    }

    private void await() {
        try {
            closing.await(SILENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    /** Tells what became of a message. */
    void report(String id, String state) throws Exception {
        door.report(id, "13900000000", state);
    }

    @Override
    public void close() {
        closing.countDown();
        door.close();
    }
}
