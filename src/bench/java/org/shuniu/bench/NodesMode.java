package org.shuniu.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
    private static final double MILLIS = 1000;
    private static final double KILO = 1024;
    private static final String KEPT =
            "select pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0'), pg_database_size(current_database())";
    private static final Pattern LOOPBACK = Pattern.compile("(?m)^\\s*lo:\\s*(\\d+)");

    /**
     * What was counted in one window.
     *
     * @param life what one life takes
     */
    private record Row(int nodes, double livesPerSecond, Taken life) {

        String cells() {
            return "| %d | **%.0f** | %.2f | %.2f | %.2f | %.2f | %.1f | %.1f | %.1f |"
                    .formatted(
                            nodes,
                            livesPerSecond,
                            life.hubs() * MILLIS,
                            life.database() * MILLIS,
                            life.broker() * MILLIS,
                            life.bench() * MILLIS,
                            life.written() / KILO,
                            life.kept() / KILO,
                            life.sent() / KILO);
        }
    }

    /**
     * Processor time in seconds, and bytes.
     *
     * @param bench of load generator and partners
     * @param written into the database's log, which a standby gets too
     * @param kept in the database's tables and indexes
     * @param sent over the machine's own network by all that take part
     */
    private record Taken(
            double hubs, double database, double broker, double bench, double written, double kept, double sent) {

        Taken since(Taken before, double lives) {
            return new Taken(
                    (hubs - before.hubs) / lives,
                    (database - before.database) / lives,
                    (broker - before.broker) / lives,
                    (bench - before.bench) / lives,
                    (written - before.written) / lives,
                    (kept - before.kept) / lives,
                    (sent - before.sent) / lives);
        }
    }

    private final BenchSettings settings;

    NodesMode(BenchSettings settings) {
        this.settings = settings;
    }

    void run() throws IOException, InterruptedException {
        Machine before = Machine.now();
        Path directory = BenchSettings.DIRECTORY.resolve("nodes");
        Directories.empty(directory);
        List<RunningSubject> others = new ArrayList<>();
        try (RunningSubject parts = new SharedParts().start(directory.resolve("parts"), 0)) {
            String told = told(measure(directory, parts, others), before, Machine.now());
            Results.write("nodes.md", told);
            System.out.println(told);
        } finally {
            for (RunningSubject other : others) {
                other.close();
            }
            Directories.remove(directory);
        }
    }

    /** One hub joins the others after another, and is warmed up alone before all are. */
    private List<Row> measure(Path directory, RunningSubject parts, List<RunningSubject> others)
            throws IOException, InterruptedException {
        Lives lives = new Lives(BenchSettings.OPEN_LIVES);
        List<RunningSubject> asked = new CopyOnWriteArrayList<>();
        AtomicInteger partnersPort = new AtomicInteger();
        Trial.Loading loading = (first, partners) -> {
            partnersPort.set(partners);
            asked.add(first);
            return load(asked, parts.token(), lives);
        };
        List<Row> rows = new ArrayList<>();
        try (Trial trial =
                Trial.start(new OneOfSeveral(parts), directory.resolve("hub-1"), lives, loading, nothingAhead -> {})) {
            for (int nodes = 1; nodes <= MOST; nodes++) {
                if (nodes > 1) {
                    RunningSubject next =
                            new OneOfSeveral(parts).start(directory.resolve("hub-" + nodes), partnersPort.get());
                    others.add(next);
                    asked.clear();
                    asked.add(next);
                    trial.whileLoaded(settings.warmup(), () -> null);
                    asked.add(trial.subject());
                    asked.addAll(others.subList(0, others.size() - 1));
                }
                int hubs = nodes;
                Row row = trial.whileLoaded(settings.warmup(), () -> window(hubs, trial, others, parts));
                System.out.println(row.cells());
                rows.add(row);
            }
        }
        return rows;
    }

    /** Each connection keeps to one hub, as a balancer leads those of a gateway. */
    private static LoadGenerator load(List<RunningSubject> asked, String token, Lives lives) {
        AtomicInteger next = new AtomicInteger();
        return new LoadGenerator(
                () -> new HttpConnection(
                        asked.get(next.getAndIncrement() % asked.size()).port()),
                connection -> LoadGenerator.apply(connection, token, Applications.next()),
                lives);
    }

    private Row window(int nodes, Trial trial, List<RunningSubject> others, RunningSubject parts)
            throws IOException, InterruptedException {
        Taken before = taken(trial, others, parts);
        long from = System.nanoTime();
        long wholeBefore = trial.lives().whole();
        Thread.sleep(settings.window().toMillis());
        double whole = trial.lives().whole() - wholeBefore;
        double seconds = (System.nanoTime() - from) / 1e9;
        return new Row(nodes, whole / seconds, taken(trial, others, parts).since(before, whole));
    }

    private static Taken taken(Trial trial, List<RunningSubject> others, RunningSubject parts) throws IOException {
        double hubs = trial.subject().ownCpuSeconds()
                + others.stream().mapToDouble(RunningSubject::ownCpuSeconds).sum();
        try (Connection connection = DriverManager.getConnection(parts.databaseUrl());
                ResultSet kept = connection.createStatement().executeQuery(KEPT)) {
            kept.next();
            return new Taken(
                    hubs,
                    parts.databaseCpuSeconds(),
                    parts.ownCpuSeconds(),
                    ProcessCpu.own(),
                    kept.getDouble(1),
                    kept.getDouble(2),
                    loopbackBytes());
        } catch (SQLException failure) {
            throw new IOException("The database does not say what it keeps", failure);
        }
    }

    private static double loopbackBytes() throws IOException {
        Matcher received = LOOPBACK.matcher(Files.readString(Path.of("/proc/net/dev")));
        return received.find() ? Double.parseDouble(received.group(1)) : Double.NaN;
    }

    private String told(List<Row> rows, Machine before, Machine after) {
        Taken life = rows.get(rows.size() - 1).life();
        String table = rows.stream().map(Row::cells).collect(Collectors.joining(System.lineSeparator()));
        return """
                | hubs | whole lives/s | ms of processor for a life: hubs | database | broker | load and partners | KB for a life: database's log | database | network |
                |---|---|---|---|---|---|---|---|---|
                %s

                All on the same %d processors, which they share with load and partners: more hubs can't do more here, and what they cost
                more is what it costs to be several. On machines of their own, as reckoned from the last line: each processor given to hubs
                carries %.0f lives/s, each of the database's %.0f, each of the broker's %.0f. The network is what all parts say to each
                other for a life, load and partners included.

                %d s of measurement each, once they did not get faster any more; Java %s.
                Load average of the machine before: %s; after: %s. Measured %s.
                """.formatted(
                        table,
                        after.processors(),
                        1 / life.hubs(),
                        1 / life.database(),
                        1 / life.broker(),
                        settings.window().toSeconds(),
                        after.java(),
                        before.load(),
                        after.load(),
                        after.at());
    }
}
