package org.shuniu.fuzz;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Hands each reader its share of spoilt inputs, one after another, and tells of each kind of answer that nobody should give.
 *
 * <p>What one costs is measured in processor time, which a busy machine does not change; one that does not end at all is told
 * with the place at which it stands.
 */
final class FuzzRun {

    /** How many a reader took and refused, and what that cost. */
    static final class Tally {
        private long taken;
        private long refused;
        private long nanos;

        long taken() {
            return taken;
        }

        long refused() {
            return refused;
        }

        @Override
        public String toString() {
            return "%d taken, %d refused, %d us each"
                    .formatted(taken, refused, nanos / 1_000 / Math.max(1, taken + refused));
        }
    }

    private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long STUCK_NANOS = TimeUnit.SECONDS.toNanos(60);

    /** Whoever waits for something computes nothing. */
    private static final long WAITING_NANOS = TimeUnit.MINUTES.toNanos(15);

    private static final long LOOK_MILLIS = 1_000;
    private static final long GROWTH = 48L * 1024 * 1024;

    /** Whoever mends so many has enough to do. */
    private static final int MOST_FINDS = 30;

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final List<FuzzedReader> readers;
    private final long first;
    private final long inputs;
    private final Map<String, Tally> tallies = new TreeMap<>();
    private final Map<String, String> finds = new LinkedHashMap<>();
    private volatile long at;
    private volatile Throwable failure;

    /**
     * @param first number of an input; the others follow it
     * @param inputs how many
     */
    FuzzRun(List<FuzzedReader> readers, long first, long inputs) {
        this.readers = List.copyOf(readers);
        this.first = first;
        this.inputs = inputs;
        this.at = first;
        readers.forEach(reader -> tallies.put(reader.entry(), new Tally()));
    }

    /** @throws AssertionError naming, of each kind of find, the input by which it can be had again */
    Map<String, Tally> run() throws InterruptedException {
        Thread reading = new Thread(this::readAll, "fuzz");
        reading.setDaemon(true);
        reading.start();
        watch(reading);
        if (failure != null) {
            throw new AssertionError("the run ended at input %d: %s".formatted(at, failure.getMessage()), failure);
        }
        if (!finds.isEmpty()) {
            throw new AssertionError(String.join(System.lineSeparator(), finds.values()));
        }
        return tallies;
    }

    private void watch(Thread reading) throws InterruptedException {
        long seen = at;
        long since = System.nanoTime();
        long spent = 0;
        for (reading.join(LOOK_MILLIS); reading.isAlive(); reading.join(LOOK_MILLIS)) {
            long computed = THREADS.getThreadCpuTime(reading.getId());
            if (at != seen) {
                seen = at;
                since = System.nanoTime();
                spent = computed;
            } else if (computed - spent > STUCK_NANOS || System.nanoTime() - since > WAITING_NANOS) {
                AssertionError stuck = new AssertionError(said("does not end"));
                stuck.setStackTrace(reading.getStackTrace());
                throw stuck;
            }
        }
    }

    private void readAll() {
        try {
            takeWhatIsValid();
            long warm = first + inputs / 10;
            readTo(warm);
            long before = used();
            readTo(first + inputs);
            noteGrowth(used() - before);
        } catch (Throwable wrong) {
            failure = wrong;
        }
    }

    private void takeWhatIsValid() {
        for (FuzzedReader reader : readers) {
            for (byte[] valid : reader.valid()) {
                try {
                    reader.reading().read(valid);
                } catch (Exception refused) {
                    throw new AssertionError("'%s' does not take what is valid".formatted(reader), refused);
                }
            }
        }
    }

    private void readTo(long end) {
        while (at < end && finds.size() < MOST_FINDS) {
            FuzzedReader reader = reader();
            byte[] input = Mutation.of(at, reader.valid());
            long began = THREADS.getCurrentThreadCpuTime();
            read(reader, input);
            long took = THREADS.getCurrentThreadCpuTime() - began;
            tallies.get(reader.entry()).nanos += took;
            if (took > LONGEST_NANOS) {
                find("cost", said("costs %d ms".formatted(TimeUnit.NANOSECONDS.toMillis(took))));
            }
            at++;
        }
    }

    /** Each has its turn. */
    private FuzzedReader reader() {
        return readers.get((int) Math.floorMod(at, (long) readers.size()));
    }

    private void read(FuzzedReader reader, byte[] input) {
        try {
            reader.reading().read(input);
            tallies.get(reader.entry()).taken++;
        } catch (Exception | StackOverflowError thrown) {
            if (reader.refusesBy(thrown)) {
                tallies.get(reader.entry()).refused++;
            } else {
                find(place(thrown), said("fails with %.200s at %s".formatted(thrown, place(thrown))));
            }
        }
    }

    /** Of its kind the first one is enough. */
    private void find(String kind, String what) {
        finds.putIfAbsent(reader().entry() + " " + kind, what);
    }

    /** Where it was thrown, and where in the hub that was. */
    private static String place(Throwable thrown) {
        List<StackTraceElement> stack = List.of(thrown.getStackTrace());
        return Stream.concat(
                        stack.stream().limit(1),
                        stack.stream()
                                .filter(frame -> frame.getClassName().startsWith("org.shuniu")
                                        && !frame.getClassName().startsWith("org.shuniu.fuzz"))
                                .limit(1))
                .map(frame -> "%s(%s:%d)".formatted(frame.getMethodName(), frame.getFileName(), frame.getLineNumber()))
                .distinct()
                .collect(Collectors.joining(" in "));
    }

    private static long used() throws InterruptedException {
        Runtime machine = Runtime.getRuntime();
        for (int again = 0; again < 3; again++) {
            System.gc();
            Thread.sleep(20);
        }
        return machine.totalMemory() - machine.freeMemory();
    }

    private void noteGrowth(long grown) {
        if (grown > GROWTH) {
            finds.put(
                    "growth",
                    "after %d inputs the heap holds %d KiB more than after a tenth of them"
                            .formatted(inputs, grown / 1024));
        }
    }

    private String said(String what) {
        return "input %d to '%s' %s; -Dfuzz.seed=%d -Dfuzz.inputs=1 gives it again".formatted(at, reader(), what, at);
    }
}
