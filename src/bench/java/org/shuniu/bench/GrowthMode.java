package org.shuniu.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.shuniu.bench.load.HttpConnection;
import org.shuniu.bench.load.Latencies;
import org.shuniu.bench.stored.StoredLives;
import org.shuniu.bench.subject.Subject;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Measures one hub while the cases that it keeps grow: what a case costs, and how long it takes to find one. */
final class GrowthMode {

    /** What one size came to; times in milliseconds. */
    private record Size(
            long cases,
            double gibibytes,
            Trial.FullLoad load,
            Latencies byNumber,
            Latencies byPerson,
            Latencies byIndex) {}

    private static final int SEARCHES = 200;
    /** Room that is left on the disk, as a multiple of what the next size will add. */
    private static final double ROOM = 1.5;

    private static final long BYTES_A_CASE = 12_000;

    private final BenchSettings settings;

    GrowthMode(BenchSettings settings) {
        this.settings = settings;
    }

    void run() throws IOException, InterruptedException, SQLException {
        Path directory = BenchSettings.DIRECTORY.resolve("growth");
        Directories.empty(directory);
        Machine before = Machine.now();
        List<Size> sizes = new ArrayList<>();
        try (Trial trial = Trial.start(Subject.HUB, directory);
                StoredLives cases = StoredLives.grown(trial.subject().databaseUrl())) {
            trial.underLoad(settings.warmup(), settings.window());
            for (long size : settings.sizes()) {
                if (!hasRoom(directory, size)) {
                    System.out.printf("The disk has no room for %,d cases%n", size);
                    break;
                }
                cases.growTo(size);
                sizes.add(measure(trial, cases, size));
            }
        }
        Directories.remove(directory.resolve("data"));
        write(sizes, before, Machine.now());
    }

    private static boolean hasRoom(Path directory, long cases) throws IOException {
        return Files.getFileStore(directory).getUsableSpace() > cases * BYTES_A_CASE * ROOM;
    }

    private Size measure(Trial trial, StoredLives cases, long size)
            throws IOException, InterruptedException, SQLException {
        Trial.FullLoad load = trial.underLoad(settings.warmup(), settings.window());
        Size measured = new Size(
                size,
                cases.databaseBytes() / (double) (1 << 30),
                load,
                byNumber(trial),
                byPerson(trial),
                byIndex(cases, size));
        System.out.println(line(measured));
        return measured;
    }

    /** A case through the API, read and opened as its sender sees it. */
    private static Latencies byNumber(Trial trial) throws IOException {
        Map<String, String> sender =
                Map.of("Authorization", "Bearer " + trial.subject().token());
        List<String> numbers = trial.lives().some(SEARCHES);
        return timed(
                trial, (connection, i) -> connection.get("/api/v1/cases/" + numbers.get(i % numbers.size()), sender));
    }

    /** The cases of a person through the API, each search a line in the audit log. */
    private static Latencies byPerson(Trial trial) throws IOException {
        Map<String, String> operator = Map.of(
                "Authorization", "Bearer " + trial.subject().operatorToken(), "Content-Type", "application/json");
        byte[] person = "{\"idNumber\":\"11010519491231002X\"}".getBytes(StandardCharsets.UTF_8);
        return timed(trial, (connection, i) -> connection.post("/ops/v1/search", operator, person));
    }

    /** The blind index alone, over the stored cases. */
    private static Latencies byIndex(StoredLives cases, long size) throws SQLException {
        Latencies times = new Latencies();
        try (PreparedStatement search = cases.connection()
                .prepareStatement("select case_no, status from case_file where applicant_index = ?")) {
            for (int i = 0; i < SEARCHES; i++) {
                search.setBytes(1, cases.applicant(size / 3 / SEARCHES * i));
                long from = System.nanoTime();
                search.executeQuery().close();
                times.add(System.nanoTime() - from);
            }
        }
        return times;
    }

    @FunctionalInterface
    private interface Search {
        HttpConnection.Answer send(HttpConnection connection, int number) throws IOException;
    }

    private static Latencies timed(Trial trial, Search search) throws IOException {
        Latencies times = new Latencies();
        try (HttpConnection connection = new HttpConnection(trial.subject().port())) {
            for (int i = 0; i < SEARCHES; i++) {
                long from = System.nanoTime();
                HttpConnection.Answer answer = search.send(connection, i);
                times.add(System.nanoTime() - from);
                if (answer.status() != 200) {
                    throw new IOException(
                            "A search was answered with HTTP %d: %s".formatted(answer.status(), answer.text()));
                }
            }
        }
        return times;
    }

    private static void write(List<Size> sizes, Machine before, Machine after) throws IOException {
        StringBuilder table = new StringBuilder();
        table.append("| stored cases | database | whole lives/s | CPU s per 1,000 lives | cost beside the first |")
                .append(" case by number: p50 | p99 | by ID number: p50 | p99 | index alone: p50 | p99 |\n")
                .append("|---|---|---|---|---|---|---|---|---|---|---|\n");
        ArrayNode list = JsonMapper.shared().createArrayNode();
        for (Size size : sizes) {
            table.append(line(size, sizes.get(0))).append('\n');
            list.add(json(size));
        }
        table.append("\nTimes in milliseconds. Load average of the machine before: %s; after: %s. Measured %s.\n"
                .formatted(before.load(), after.load(), after.at()));
        ObjectNode json = JsonMapper.shared().createObjectNode();
        json.set("sizes", list);
        json.put("loadBefore", before.load()).put("loadAfter", after.load());
        Results.write("growth.json", json.toPrettyString() + "\n");
        Results.write("growth.md", "# What a life costs as the stored cases grow\n\n" + table);
        System.out.println(table);
    }

    private static String line(Size size) {
        return line(size, size);
    }

    private static String line(Size size, Size first) {
        return "| %,d | %.2f GiB | %.0f | %.2f | %.2f | %.1f | %.1f | %.1f | %.1f | %.2f | %.2f |"
                .formatted(
                        size.cases(),
                        size.gibibytes(),
                        size.load().livesPerSecond(),
                        size.load().cpuPerThousand(),
                        size.load().cpuPerThousand() / first.load().cpuPerThousand(),
                        size.byNumber().millis(0.5),
                        size.byNumber().millis(0.99),
                        size.byPerson().millis(0.5),
                        size.byPerson().millis(0.99),
                        size.byIndex().millis(0.5),
                        size.byIndex().millis(0.99));
    }

    private static ObjectNode json(Size size) {
        return JsonMapper.shared()
                .createObjectNode()
                .put("cases", size.cases())
                .put("databaseGibibytes", size.gibibytes())
                .put("livesPerSecond", size.load().livesPerSecond())
                .put("cpuSecondsPerThousand", size.load().cpuPerThousand())
                .put("caseByNumberP50Millis", size.byNumber().millis(0.5))
                .put("caseByNumberP99Millis", size.byNumber().millis(0.99))
                .put("casesByIdNumberP50Millis", size.byPerson().millis(0.5))
                .put("casesByIdNumberP99Millis", size.byPerson().millis(0.99))
                .put("blindIndexP50Millis", size.byIndex().millis(0.5))
                .put("blindIndexP99Millis", size.byIndex().millis(0.99));
    }
}
