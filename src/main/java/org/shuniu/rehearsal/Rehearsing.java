package org.shuniu.rehearsal;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One candidate that is rehearsed in this process, on a thread of its own. Whatever it does or fails to do, the threads of messages
 * only ever offer: what there is no room for is left out and counted.
 */
final class Rehearsing {

    private static final Logger LOG = LoggerFactory.getLogger(Rehearsing.class);
    /** So that it never takes more than a fifth of a processor, however slow the candidate is. */
    private static final int RESTS = 4;

    private static final long PATIENCE_MILLIS = 500;
    private static final long TOO_SLOW_NANOS = TimeUnit.SECONDS.toNanos(2);
    private static final String SLOW = "one message took longer than %d s".formatted(2);
    private static final String BREAKS =
            "the candidate took all the stack or memory; this process rehearses it no more";

    private final UUID id;
    private final Rivals rivals;
    private final long largest;
    private final BlockingQueue<Recorded> room;
    private final LongAdder leftOut = new LongAdder();
    private final Thread thread;
    private Tally tally = new Tally();
    private volatile boolean ended;

    /**
     * @param room messages that wait
     * @param largest bytes of a message
     */
    Rehearsing(UUID id, String partner, Rivals rivals, int room, long largest) {
        this.id = id;
        this.rivals = rivals;
        this.largest = largest;
        this.room = new ArrayBlockingQueue<>(room);
        this.thread = new Thread(this::run, "rehearse-" + partner);
        this.thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Takes a message if there is room; never blocks. */
    void offer(Recorded message, long bytes) {
        if (ended || bytes > largest || !room.offer(message)) {
            leftOut.increment();
        }
    }

    /** Nothing is taken any more; does not wait for what the candidate works at. */
    void end() {
        ended = true;
        room.clear();
        thread.interrupt();
    }

    /** What was added up since this was asked last. */
    synchronized Findings take() {
        tally.leftOut(leftOut.sumThenReset());
        Findings findings = tally.findings();
        tally = new Tally();
        return findings;
    }

    /** What was taken and could not be kept counts as left out. */
    void lost(Findings findings) {
        leftOut.add(findings.compared() + findings.leftOut());
    }

    private void run() {
        Pace pace = new Pace(RESTS);
        try {
            while (!ended) {
                Recorded message = room.poll(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
                if (message != null) {
                    long began = System.nanoTime();
                    rehearse(message, began);
                    pace.worked(System.nanoTime() - began);
                }
            }
        } catch (InterruptedException over) {
            Thread.currentThread().interrupt();
        }
    }

    private void rehearse(Recorded message, long began) {
        try {
            Optional<List<Difference>> differences = rivals.compare(message);
            add(message, differences, System.nanoTime() - began);
        } catch (OutOfMemoryError broken) {
            end();
            fails(message, BREAKS);
            LOG.warn("Rehearsal {} ended in this process: {}", id, broken.toString());
        }
    }

    private synchronized void add(Recorded message, Optional<List<Difference>> differences, long nanos) {
        tally.add(message, differences);
        if (nanos > TOO_SLOW_NANOS) {
            tally.fails(message, SLOW);
        }
    }

    private synchronized void fails(Recorded message, String reason) {
        tally.fails(message, reason);
    }
}
