package org.shuniu.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import org.shuniu.bench.load.Latencies;
import org.shuniu.bench.load.LoadGenerator;
import org.shuniu.bench.partners.InstantPartners;
import org.shuniu.bench.partners.Lives;
import org.shuniu.bench.subject.ProcessCpu;
import org.shuniu.bench.subject.Program;
import org.shuniu.bench.subject.RunningSubject;

/** One system under load: warmed up, measured at full load, emptied, measured at half load, emptied, counted. */
final class Trial implements AutoCloseable {

    private static final Duration DRAIN = Duration.ofSeconds(120);
    private static final long LOOK_MILLIS = 20;
    /** A system is warm when so many looks in a row were not better by this than the best before them. */
    private static final double BETTER = 1.05;

    private static final int WORSE_IN_A_ROW = 4;
    private static final Duration WARM_LOOK = Duration.ofSeconds(20);
    private static final Duration WARM_UP_AT_MOST = Duration.ofSeconds(Integer.getInteger("bench.warmup-at-most", 600));

    /** Between the moment when all begin at once and the one from which is counted. */
    private static final Duration RUN_UP = Duration.ofSeconds(2);

    private static final double SPARE = 1.2;

    /** Makes what hands in cases, once the system takes them. */
    @FunctionalInterface
    interface Loading {

        /** @param partnersPort where the partners of the system are */
        LoadGenerator load(RunningSubject subject, int partnersPort) throws IOException;
    }

    private final Lives lives;
    private final IntConsumer makeAhead;
    private final InstantPartners partners;
    private final RunningSubject subject;
    private final LoadGenerator load;
    private Duration warmedUp = Duration.ZERO;
    private double warmRate;

    private Trial(Program which, Path directory, Lives lives, Loading loading, IntConsumer makeAhead)
            throws IOException {
        this.lives = lives;
        this.makeAhead = makeAhead;
        this.partners = new InstantPartners(lives);
        this.subject = which.start(directory, partners.port());
        this.load = loading.load(subject, partners.port());
    }

    static Trial start(Program which, Path directory) throws IOException {
        Lives lives = new Lives(BenchSettings.OPEN_LIVES);
        return new Trial(
                which,
                directory,
                lives,
                (subject, partnersPort) -> new LoadGenerator(subject.port(), subject.token(), lives),
                count -> {});
    }

    /** @param makeAhead makes so many messages while nothing is measured */
    static Trial start(Program which, Path directory, Lives lives, Loading loading, IntConsumer makeAhead)
            throws IOException {
        return new Trial(which, directory, lives, loading, makeAhead);
    }

    /** Works for a while at so many lives a second, and to their end. */
    void work(double rate, Duration time) throws IOException, InterruptedException {
        load.start(rate);
        Thread.sleep(time.toMillis());
        load.stop();
        drain();
    }

    Measured measure(Duration warmup, Duration window) throws IOException, InterruptedException {
        FullLoad full = underLoad(warmup, window);
        double rate = full.livesPerSecond() / 2;
        Latencies times = atRate(rate, window.dividedBy(2));
        drain();
        return new Measured(
                warmedUp.toMillis() / 1000.0,
                full.livesPerSecond(),
                full.cpuPerThousand(),
                full.benchCpuPerThousand(),
                rate,
                times.millis(0.5),
                times.millis(0.99));
    }

    /** What is done while the load is full. */
    @FunctionalInterface
    interface Watch<T> {
        T look() throws IOException, InterruptedException;
    }

    /** Warms up, measures at full load and lets everything end. */
    FullLoad underLoad(Duration warmup, Duration window) throws IOException, InterruptedException {
        return whileLoaded(warmup, () -> atFullLoad(window));
    }

    <T> T whileLoaded(Duration warmup, Watch<T> watch) throws IOException, InterruptedException {
        warmUp(warmup);
        T seen = watch.look();
        load.stop();
        drain();
        return seen;
    }

    /**
     * A cold program measures its compiler. How long that takes is not seen by how busy the compiler is: under full load it gets
     * a processor so seldom that it seems idle while much waits for it. So a system works until it does not get faster any more.
     */
    private void warmUp(Duration least) throws IOException, InterruptedException {
        long from = System.nanoTime();
        load.start();
        Thread.sleep(least.toMillis());
        double best = 0;
        int worse = 0;
        List<Long> seen = new ArrayList<>();
        while (worse < WORSE_IN_A_ROW && System.nanoTime() - from < WARM_UP_AT_MOST.toNanos()) {
            double rate = look();
            worse = rate > best * BETTER ? 0 : worse + 1;
            best = Math.max(best, rate);
            seen.add(Math.round(rate));
        }
        warmedUp = Duration.ofNanos(System.nanoTime() - from);
        System.out.printf("warming up, lives/s every %d s: %s%n", WARM_LOOK.toSeconds(), seen);
    }

    private double look() throws IOException, InterruptedException {
        if (!subject.isAlive()) {
            throw new IOException("The system under test ended while it was warming up");
        }
        long from = System.nanoTime();
        long before = lives.whole();
        Thread.sleep(WARM_LOOK.toMillis());
        warmRate = (lives.whole() - before) / ((System.nanoTime() - from) / 1e9);
        return warmRate;
    }

    /** What full load came to. */
    record FullLoad(double livesPerSecond, double cpuPerThousand, double benchCpuPerThousand) {}

    /** Full load is steady: as many lives end as begin, so what is counted in the window is what the system can do. */
    private FullLoad atFullLoad(Duration window) throws IOException, InterruptedException {
        load.stop();
        makeAhead.accept((int) (warmRate * window.plus(RUN_UP).toSeconds() * SPARE));
        load.start();
        Thread.sleep(RUN_UP.toMillis());
        long from = System.nanoTime();
        long before = lives.whole();
        double cpu = subject.cpuSeconds();
        double own = ProcessCpu.own();
        Thread.sleep(window.toMillis());
        double whole = lives.whole() - before;
        double seconds = (System.nanoTime() - from) / 1e9;
        return new FullLoad(
                whole / seconds, (subject.cpuSeconds() - cpu) / whole * 1000, (ProcessCpu.own() - own) / whole * 1000);
    }

    private Latencies atRate(double rate, Duration window) throws InterruptedException {
        makeAhead.accept((int) (rate * window.toMillis() / 1000 * 1.25 * SPARE) + LoadGenerator.CONNECTIONS);
        load.start(rate);
        Thread.sleep(window.dividedBy(4).toMillis());
        Latencies times = load.measureAnew();
        Thread.sleep(window.toMillis());
        load.stop();
        return times;
    }

    private void drain() throws IOException, InterruptedException {
        long end = System.nanoTime() + DRAIN.toNanos();
        while (lives.open() > 0) {
            if (System.nanoTime() > end || !subject.isAlive()) {
                throw new IOException("Lives did not end: %s".formatted(lives.account()));
            }
            Thread.sleep(LOOK_MILLIS);
        }
        if (!lives.complete() || lives.doubles() > 0 || load.refused() > 0) {
            throw new IOException(
                    "The count is wrong: %s, %d refused %s".formatted(lives.account(), load.refused(), load.refusal()));
        }
    }

    String account() {
        return lives.account();
    }

    Lives lives() {
        return lives;
    }

    RunningSubject subject() {
        return subject;
    }

    @Override
    public void close() throws IOException {
        load.close();
        subject.close();
        partners.close();
    }
}
