package org.shuniu.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.shuniu.bench.load.ConsoleVisit;
import org.shuniu.bench.load.Operators;
import org.shuniu.bench.search.People;
import org.shuniu.bench.subject.ProcessCpu;
import org.shuniu.bench.subject.Subject;

/** Measures whole lives with and without operators at the console, in turns at one hub under full load. */
final class ConsoleMode {

    /** Until all who have begun or ended show in the rate. */
    private static final Duration SETTLE = Duration.ofSeconds(6);

    private static final int KNOWN_CASES = 500;

    /** What was counted in one window; processor time in seconds for 1,000 lives, of the hub and of load, partners and operators. */
    record Window(double livesPerSecond, double cpuPerThousand, double benchCpuPerThousand) {}

    /** Two windows one after the other. */
    record Pair(Window alone, Window watched) {

        double ratio() {
            return watched.livesPerSecond() / alone.livesPerSecond();
        }
    }

    private final BenchSettings settings;

    ConsoleMode(BenchSettings settings) {
        this.settings = settings;
    }

    void run() throws IOException, InterruptedException, SQLException {
        Path directory = BenchSettings.DIRECTORY.resolve("console");
        Directories.empty(directory);
        Machine before = Machine.now();
        try (Trial trial = Trial.start(Subject.HUB, directory);
                Operators operators = operators(trial)) {
            List<Pair> pairs = trial.whileLoaded(settings.warmup(), () -> inTurns(trial, operators));
            ConsoleReport report = new ConsoleReport(settings, pairs, operators, before, Machine.now());
            report.write();
            System.out.println(report.table());
            System.out.println(trial.account());
            if (operators.failures() > 0) {
                throw new IOException(
                        "%d pages failed, the last: %s".formatted(operators.failures(), operators.failure()));
            }
        }
        Directories.remove(directory.resolve("data"));
    }

    private Operators operators(Trial trial) throws IOException, SQLException {
        List<ConsoleVisit> visits = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection(trial.subject().databaseUrl())) {
            for (String name : People.operators(trial.subject(), connection, settings.operators())) {
                visits.add(ConsoleVisit.of(
                        trial.subject().port(), name, trial.subject().consolePassword()));
            }
        }
        List<String> known = new ArrayList<>();
        return new Operators(visits, () -> known(trial, known));
    }

    /** A case of this run; which are known is looked up once, while nothing is measured. */
    private static String known(Trial trial, List<String> known) {
        synchronized (known) {
            if (known.isEmpty()) {
                known.addAll(trial.lives().some(KNOWN_CASES));
            }
            return known.get(ThreadLocalRandom.current().nextInt(known.size()));
        }
    }

    /** Alone first in one pair and watched first in the next, so that what drifts drifts for both. */
    private List<Pair> inTurns(Trial trial, Operators operators) throws IOException, InterruptedException {
        operators.click();
        Thread.sleep(settings.warmup().toMillis());
        operators.rest();
        operators.measureAnew();
        List<Pair> pairs = new ArrayList<>();
        for (int round = 1; round <= settings.rounds(); round++) {
            boolean aloneFirst = round % 2 == 1;
            Window first = aloneFirst ? window(trial) : watched(trial, operators);
            Window second = aloneFirst ? watched(trial, operators) : window(trial);
            Pair pair = aloneFirst ? new Pair(first, second) : new Pair(second, first);
            pairs.add(pair);
            System.out.printf(
                    "round %d  alone %7.1f lives/s  %6.2f cpu s/1000   watched %7.1f lives/s  %6.2f cpu s/1000   ratio %.3f  (%d pages, %d failed)%n",
                    round,
                    pair.alone().livesPerSecond(),
                    pair.alone().cpuPerThousand(),
                    pair.watched().livesPerSecond(),
                    pair.watched().cpuPerThousand(),
                    pair.ratio(),
                    operators.answered(),
                    operators.failures());
        }
        return pairs;
    }

    private Window watched(Trial trial, Operators operators) throws IOException, InterruptedException {
        operators.click();
        try {
            return window(trial);
        } finally {
            operators.rest();
        }
    }

    private Window window(Trial trial) throws IOException, InterruptedException {
        Thread.sleep(SETTLE.toMillis());
        long from = System.nanoTime();
        long before = trial.lives().whole();
        double cpu = trial.subject().cpuSeconds();
        double own = ProcessCpu.own();
        Thread.sleep(settings.window().toMillis());
        double whole = trial.lives().whole() - before;
        double seconds = (System.nanoTime() - from) / 1e9;
        return new Window(
                whole / seconds,
                (trial.subject().cpuSeconds() - cpu) / whole * 1000,
                (ProcessCpu.own() - own) / whole * 1000);
    }
}
