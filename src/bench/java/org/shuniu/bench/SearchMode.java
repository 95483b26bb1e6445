package org.shuniu.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.shuniu.bench.load.Latencies;
import org.shuniu.bench.search.Askers;
import org.shuniu.bench.search.Months;
import org.shuniu.bench.search.Question;
import org.shuniu.bench.search.Questions;
import org.shuniu.bench.search.Sample;
import org.shuniu.bench.search.SearchedHub;
import org.shuniu.bench.search.UsedIndexes;

/** Fills a hub with a year of trace, asks it every kind of question at three sizes, cold and warm, and reckons on. */
final class SearchMode {

    /** Rows of event, message and delivery that a case leaves: five, two and a third, two and a third. */
    static final double ROWS_A_CASE = 5 + 2 * (2 + 1 / 3.0);

    /** Each size beside the last one. */
    private static final double[] SIZES = {1 / 16.0, 1 / 4.0, 1};

    /** Before the first slice says how large a row is, with its part of all other tables and indexes. */
    private static final long BYTES_A_ROW_AT_MOST = 1_200;

    private static final int WARM_QUESTIONS = 20;
    private static final int COLD_STARTS = 3;
    private static final int LOOKS = 200;
    private static final int MACHINE_WARM_UP = 50;

    /**
     * What one size came to.
     *
     * @param rows of event, message and delivery
     * @param bytes of the whole database
     * @param fillSeconds since the size before
     */
    record Size(
            long cases,
            long rows,
            long bytes,
            double fillSeconds,
            String load,
            Map<String, Latencies> warm,
            Map<String, Latencies> cold) {}

    private final BenchSettings settings;
    private final List<Question> questions = Questions.all();

    SearchMode(BenchSettings settings) {
        this.settings = settings;
    }

    void run() throws IOException, InterruptedException, SQLException {
        Path directory = BenchSettings.DIRECTORY.resolve("search");
        Directories.empty(directory);
        Machine before = Machine.now();
        long room = Files.getFileStore(directory).getUsableSpace() / 100 * settings.diskShare();
        List<Size> sizes = new ArrayList<>();
        Map<String, String> indexes;
        Months months = null;
        try (SearchedHub hub = SearchedHub.start(directory)) {
            long empty = hub.stored().databaseBytes();
            long cases = (long) (settings.rows() / ROWS_A_CASE);
            double bytesACase = BYTES_A_ROW_AT_MOST * ROWS_A_CASE;
            for (double size : SIZES) {
                long target = (long) (Math.min(cases, (room - empty) / bytesACase) * size);
                if (target > hub.stored().stored()) {
                    sizes.add(measure(hub, target));
                    bytesACase = Math.max(1, hub.stored().databaseBytes() - empty) / (double) target;
                    months = months == null ? Months.measure(hub.stored(), hub.samples(LOOKS)) : months;
                }
            }
            indexes = indexes(hub);
        }
        Directories.remove(directory.resolve("data"));
        SearchReport report = new SearchReport(settings, sizes, indexes, months, before, Machine.now());
        report.write();
        System.out.println(report.table());
    }

    private Size measure(SearchedHub hub, long cases) throws IOException, InterruptedException, SQLException {
        long from = System.nanoTime();
        hub.growTo(cases);
        double fillSeconds = (System.nanoTime() - from) / 1e9;
        Map<String, Latencies> cold = new LinkedHashMap<>();
        questions.forEach(question -> cold.put(question.kind(), new Latencies()));
        for (int start = 0; start < COLD_STARTS; start++) {
            cold(hub, cold, start);
        }
        Map<String, Latencies> warm = warm(hub);
        Size measured = new Size(
                cases,
                hub.traceRows(),
                hub.stored().databaseBytes(),
                fillSeconds,
                Machine.now().load(),
                warm,
                cold);
        System.out.printf(
                "%,d rows of trace, %,d cases, %.2f GiB, filled in %.0f s; slowest warm %.0f ms, cold %.0f ms%n",
                measured.rows(),
                cases,
                measured.bytes() / (double) (1 << 30),
                fillSeconds,
                slowest(warm),
                slowest(cold));
        return measured;
    }

    private static double slowest(Map<String, Latencies> times) {
        return times.values().stream().mapToDouble(kind -> kind.millis(1)).max().orElse(0);
    }

    /** Each question once after a start, each of another case; where a question stands in the row changes from start to start. */
    private void cold(SearchedHub hub, Map<String, Latencies> times, int start)
            throws IOException, InterruptedException, SQLException {
        List<Sample> samples = hub.samples(questions.size());
        hub.restartCold();
        List<Question> turned = new ArrayList<>(questions);
        Collections.rotate(turned, start * questions.size() / COLD_STARTS);
        try (Askers askers = Askers.of(hub.running())) {
            warmTheMachine(askers);
            for (int i = 0; i < turned.size(); i++) {
                Question question = turned.get(i);
                times.get(question.kind()).add(question.ask(askers, samples.get(i)));
            }
        }
    }

    /** A cold Java program measures its compiler: so it answers pages of a year that no case is of, and nothing of the database is read. */
    private static void warmTheMachine(Askers askers) throws IOException {
        for (int i = 0; i < MACHINE_WARM_UP; i++) {
            askers.askOfNoCase();
        }
    }

    private Map<String, Latencies> warm(SearchedHub hub) throws IOException, SQLException {
        Map<String, Latencies> times = new LinkedHashMap<>();
        try (Askers askers = Askers.of(hub.running())) {
            warmTheMachine(askers);
            for (Question question : questions) {
                List<Sample> samples = hub.samples(WARM_QUESTIONS);
                question.ask(askers, samples.get(0));
                Latencies of = new Latencies();
                for (Sample sample : samples) {
                    of.add(question.ask(askers, sample));
                }
                times.put(question.kind(), of);
            }
        }
        return times;
    }

    private Map<String, String> indexes(SearchedHub hub) throws IOException, InterruptedException, SQLException {
        Map<String, String> indexes = new LinkedHashMap<>();
        hub.restartOneByOne();
        try (Askers askers = Askers.of(hub.running())) {
            for (Question question : questions) {
                List<Sample> samples = hub.samples(2);
                UsedIndexes.Asked asked = () -> {
                    for (Sample sample : samples) {
                        question.ask(askers, sample);
                    }
                };
                indexes.put(question.kind(), UsedIndexes.of(hub.connection(), asked, askers::askOfNothing));
            }
        }
        return indexes;
    }
}
