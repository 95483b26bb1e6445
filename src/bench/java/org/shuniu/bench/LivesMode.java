package org.shuniu.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.shuniu.bench.subject.Subject;

/** Measures whole lives: every system in every round, one after the other, each from an empty directory. */
final class LivesMode {

    private final BenchSettings settings;
    private final Map<Subject, List<Measured>> measured = new EnumMap<>(Subject.class);

    LivesMode(BenchSettings settings) {
        this.settings = settings;
    }

    void run() throws IOException, InterruptedException {
        Directories.empty(BenchSettings.DIRECTORY.resolve("run"));
        Machine before = Machine.now();
        for (int round = 1; round <= settings.rounds(); round++) {
            for (Subject subject : settings.subjects()) {
                measure(subject, round);
            }
        }
        LivesReport report = new LivesReport(settings, measured, before, Machine.now());
        report.write();
        System.out.println(report.table());
    }

    private void measure(Subject subject, int round) throws IOException, InterruptedException {
        var directory = BenchSettings.DIRECTORY.resolve("run/%s-%d".formatted(subject.label(), round));
        try (Trial trial = Trial.start(subject, directory)) {
            Measured result = trial.measure(settings.warmup(), settings.window());
            measured.computeIfAbsent(subject, unseen -> new ArrayList<>()).add(result);
            System.out.printf(
                    "round %d  %-9s %7.1f lives/s  %6.2f cpu s/1000  bench %5.2f  202 at %.0f/s: p50 %.1f ms p99 %.1f"
                            + " ms  (%s)%n",
                    round,
                    subject.label(),
                    result.livesPerSecond(),
                    result.cpuPerThousand(),
                    result.benchCpuPerThousand(),
                    result.halfRate(),
                    result.p50Millis(),
                    result.p99Millis(),
                    trial.account());
        }
        Directories.remove(directory.resolve("data"));
    }
}
