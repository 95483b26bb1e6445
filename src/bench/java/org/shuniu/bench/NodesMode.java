package org.shuniu.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.shuniu.bench.load.Applications;
import org.shuniu.bench.load.HttpConnection;
import org.shuniu.bench.load.LoadGenerator;
import org.shuniu.bench.partners.Lives;
import org.shuniu.bench.subject.OneOfSeveral;
import org.shuniu.bench.subject.ProcessCpu;
import org.shuniu.bench.subject.RunningSubject;
import org.shuniu.bench.subject.SharedParts;

/** Measures whole lives by one, two and three hubs on one database and one broker, and what a life costs each part. */
final class NodesMode {

    private static final int MOST = 3;
    private static final double THOUSAND = 1000;

    /**
     * What was counted in one window.
     *
     * @param hubs milliseconds of processor time for a life, of all hubs together; so are the others
     * @param bench of load generator and partners
     */
    private record Row(int nodes, double livesPerSecond, double hubs, double database, double broker, double bench) {

        String cells() {
            return "| %d | **%.0f** | %.2f | %.2f | %.2f | %.2f |"
                    .formatted(nodes, livesPerSecond, hubs, database, broker, bench);
        }

        String said() {
            return "%d hub(s)  %7.1f lives/s  ms of processor for a life: hubs %.2f, database %.2f, broker %.2f, bench %.2f"
                    .formatted(nodes, livesPerSecond, hubs, database, broker, bench);
        }
    }

    /** Processor time so far, in seconds. */
    private record Spent(double hubs, double database, double broker, double bench) {}

    private final BenchSettings settings;

    NodesMode(BenchSettings settings) {
        this.settings = settings;
    }

    void run() throws IOException, InterruptedException {
        Machine before = Machine.now();
        List<Row> rows = new ArrayList<>();
        for (int nodes = 1; nodes <= MOST; nodes++) {
            Row row = measure(nodes);
            System.out.println(row.said());
            rows.add(row);
        }
        String told = told(rows, before, Machine.now());
        Results.write("nodes.md", told);
        System.out.println(told);
    }

    private Row measure(int nodes) throws IOException, InterruptedException {
        Path directory = BenchSettings.DIRECTORY.resolve("nodes-" + nodes);
        Directories.empty(directory);
        Lives lives = new Lives(BenchSettings.OPEN_LIVES);
        List<RunningSubject> others = new ArrayList<>();
        try (RunningSubject parts = new SharedParts().start(directory.resolve("parts"), 0)) {
            Trial.Loading loading = (first, partners) -> {
                for (int i = 2; i <= nodes; i++) {
                    others.add(new OneOfSeveral(parts).start(directory.resolve("hub-" + i), partners));
                }
                return load(first, others, parts.token(), lives);
            };
            try (Trial trial = Trial.start(
                    new OneOfSeveral(parts), directory.resolve("hub-1"), lives, loading, nothingAhead -> {})) {
                return trial.whileLoaded(settings.warmup(), () -> window(nodes, trial, others, parts));
            } finally {
                for (RunningSubject other : others) {
                    other.close();
                }
            }
        } finally {
            Directories.remove(directory);
        }
    }

    /** Each connection keeps to one hub, as a balancer leads those of a gateway. */
    private static LoadGenerator load(RunningSubject first, List<RunningSubject> others, String token, Lives lives) {
        AtomicInteger next = new AtomicInteger();
        return new LoadGenerator(
                () -> {
                    int hub = next.getAndIncrement() % (others.size() + 1);
                    return new HttpConnection(
                            hub == 0 ? first.port() : others.get(hub - 1).port());
                },
                connection -> LoadGenerator.apply(connection, token, Applications.next()),
                lives);
    }

    private Row window(int nodes, Trial trial, List<RunningSubject> others, RunningSubject parts)
            throws IOException, InterruptedException {
        Spent before = spent(trial, others, parts);
        long from = System.nanoTime();
        long wholeBefore = trial.lives().whole();
        Thread.sleep(settings.window().toMillis());
        double whole = trial.lives().whole() - wholeBefore;
        double seconds = (System.nanoTime() - from) / 1e9;
        Spent after = spent(trial, others, parts);
        double each = THOUSAND / whole;
        return new Row(
                nodes,
                whole / seconds,
                (after.hubs() - before.hubs()) * each,
                (after.database() - before.database()) * each,
                (after.broker() - before.broker()) * each,
                (after.bench() - before.bench()) * each);
    }

    private static Spent spent(Trial trial, List<RunningSubject> others, RunningSubject parts) throws IOException {
        double hubs = trial.subject().ownCpuSeconds()
                + others.stream().mapToDouble(RunningSubject::ownCpuSeconds).sum();
        return new Spent(hubs, parts.databaseCpuSeconds(), parts.ownCpuSeconds(), ProcessCpu.own());
    }

    private String told(List<Row> rows, Machine before, Machine after) {
        Row most = rows.get(rows.size() - 1);
        String table = rows.stream().map(Row::cells).collect(Collectors.joining(System.lineSeparator()));
        return """
                | hubs | whole lives/s | hubs: ms of processor for a life | database | broker | load and partners |
                |---|---|---|---|---|---|
                %s

                All on the same %d processors, which they share with load and partners: more hubs can't do more here, and what they cost
                more is what it costs to be several. On machines of their own, as reckoned from the last line: a processor given to hubs
                alone carries %.0f lives/s; the database takes %.0f lives/s for each of its processors, the broker %.0f.

                %d s of measurement each, once they did not get faster any more; Java %s.
                Load average of the machine before: %s; after: %s. Measured %s.
                """.formatted(
                        table,
                        after.processors(),
                        THOUSAND / most.hubs(),
                        THOUSAND / most.database(),
                        THOUSAND / most.broker(),
                        settings.window().toSeconds(),
                        after.java(),
                        before.load(),
                        after.load(),
                        after.at());
    }
}
