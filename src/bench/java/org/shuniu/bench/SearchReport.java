package org.shuniu.bench;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.shuniu.bench.load.Latencies;
import org.shuniu.bench.search.Months;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** How long finding took at each size, what it comes to at 100 million rows, and which indexes were walked. */
final class SearchReport {

    /** What the project promises for. */
    private static final double PROMISED_ROWS = 100e6;

    private static final double PROMISED_MILLIS = 1_000;

    private final BenchSettings settings;
    private final List<SearchMode.Size> sizes;
    private final Map<String, String> indexes;
    private final Months months;
    private final Machine before;
    private final Machine after;

    SearchReport(
            BenchSettings settings,
            List<SearchMode.Size> sizes,
            Map<String, String> indexes,
            Months months,
            Machine before,
            Machine after) {
        this.settings = settings;
        this.sizes = sizes;
        this.indexes = indexes;
        this.months = months;
        this.before = before;
        this.after = after;
    }

    void write() throws IOException {
        Results.write("search.json", json().toPrettyString() + "\n");
        Results.write("search.md", "# Finding among the trace of a year\n\n" + table());
    }

    /**
     * The greatest time at the promised size. The time grows as a power of the rows that fits the medians of all sizes best, never
     * as a falling one; the power is put to the greatest time at the last size.
     */
    private static double reckoned(List<Double> rows, List<Double> medians, double greatest) {
        int last = rows.size() - 1;
        return greatest * Math.pow(Math.max(1, PROMISED_ROWS / rows.get(last)), Math.max(0, power(rows, medians)));
    }

    /** The slope of the line of least squares through the logarithms; 0 where there is one size only. */
    private static double power(List<Double> rows, List<Double> times) {
        double meanRows = rows.stream().mapToDouble(Math::log).average().orElseThrow();
        double meanTimes = times.stream().mapToDouble(Math::log).average().orElseThrow();
        double above = 0;
        double below = 0;
        for (int i = 0; i < rows.size(); i++) {
            double right = Math.log(rows.get(i)) - meanRows;
            above += right * (Math.log(times.get(i)) - meanTimes);
            below += right * right;
        }
        return below == 0 ? 0 : above / below;
    }

    private double reckonedWarm(String kind) {
        return reckoned(rows(), medians(kind, true), last().warm().get(kind).millis(1));
    }

    private double reckonedCold(String kind) {
        return reckoned(rows(), medians(kind, false), last().cold().get(kind).millis(1));
    }

    private List<Double> rows() {
        return sizes.stream().map(size -> (double) size.rows()).toList();
    }

    private List<Double> medians(String kind, boolean warm) {
        return sizes.stream()
                .map(size -> (warm ? size.warm() : size.cold()).get(kind).millis(0.5))
                .toList();
    }

    private SearchMode.Size last() {
        return sizes.get(sizes.size() - 1);
    }

    String table() {
        StringBuilder text =
                new StringBuilder("| size | rows of trace | cases | database | bytes a row | filled in |\n");
        text.append("|---|---|---|---|---|---|\n");
        for (int i = 0; i < sizes.size(); i++) {
            SearchMode.Size size = sizes.get(i);
            text.append("| %d | %,d | %,d | %.2f GiB | %.0f | %.0f s |%n"
                    .formatted(
                            i + 1,
                            size.rows(),
                            size.cases(),
                            size.bytes() / (double) (1 << 30),
                            size.bytes() / (double) size.rows(),
                            size.fillSeconds()));
        }
        text.append("\nMilliseconds, median / greatest; the columns of 100 million rows are %s.%n%n"
                .formatted(
                        last().rows() < PROMISED_ROWS
                                ? "reckoned from the sizes before and were not measured"
                                : "measured"));
        text.append("| question |");
        for (int i = 1; i <= sizes.size(); i++) {
            text.append(" %d warm | %d cold |".formatted(i, i));
        }
        text.append(" 100 million: warm | cold | indexes walked |\n|---|");
        text.append("---|---|".repeat(sizes.size() + 1)).append("---|\n");
        last().warm().keySet().forEach(kind -> text.append(line(kind)));
        return text.append(foot()).append(byMonths()).toString();
    }

    private String byMonths() {
        return """

                %,d messages as one table and by months, microseconds (median / greatest, planning included):

                | | one table | by months |
                |---|---|---|
                | by id | %s | %s |
                | by case | %s | %s |
                | the oldest whole month is emptied | %.0f ms | %.0f ms |
                """.formatted(
                        months.rows(),
                        micros(months.wholeById()),
                        micros(months.monthsById()),
                        micros(months.wholeByCase()),
                        micros(months.monthsByCase()),
                        months.wholeEmptied(),
                        months.monthsEmptied());
    }

    private static String micros(Latencies of) {
        return "%.0f / %.0f".formatted(of.millis(0.5) * 1000, of.millis(1) * 1000);
    }

    private String line(String kind) {
        StringBuilder line = new StringBuilder("| %s |".formatted(kind));
        for (SearchMode.Size size : sizes) {
            line.append(" %s | %s |"
                    .formatted(times(size.warm().get(kind)), times(size.cold().get(kind))));
        }
        return line.append(" %.0f | %.0f | %s |%n"
                        .formatted(reckonedWarm(kind), reckonedCold(kind), indexes.getOrDefault(kind, "")))
                .toString();
    }

    private static String times(Latencies of) {
        return "%.0f / %.0f".formatted(of.millis(0.5), of.millis(1));
    }

    private String foot() {
        List<String> slow = last().warm().keySet().stream()
                .filter(kind -> Math.max(reckonedWarm(kind), reckonedCold(kind)) > PROMISED_MILLIS)
                .toList();
        return """

                %s: %s at 100 million rows%s
                %d processors, Java %s. Load average of the machine before: %s; after: %s. %,d rows were asked for, within %d %% of the free disk.
                Measured %s.
                """.formatted(
                        last().rows() < PROMISED_ROWS ? "As reckoned" : "As measured",
                        slow.isEmpty() ? "every question stays under 1 s" : "not every question stays under 1 s",
                        slow.isEmpty() ? "." : ": %s.".formatted(String.join(", ", slow)),
                        after.processors(),
                        after.java(),
                        before.load(),
                        after.load(),
                        settings.rows(),
                        settings.diskShare(),
                        after.at());
    }

    private ObjectNode json() {
        ObjectNode json = JsonMapper.shared().createObjectNode();
        json.put("rows", last().rows())
                .put("measuredAtPromisedRows", last().rows() >= PROMISED_ROWS)
                .put("slowestWarmMillis", slowest(last().warm()))
                .put("slowestColdMillis", slowest(last().cold()));
        ObjectNode asked = json.putObject("questions");
        for (String kind : last().warm().keySet()) {
            ObjectNode of = asked.putObject(kind);
            of.put("reckonedWarmMillisAt100Million", round(reckonedWarm(kind)))
                    .put("reckonedColdMillisAt100Million", round(reckonedCold(kind)))
                    .put("indexes", indexes.getOrDefault(kind, ""));
            var measured = of.putArray("sizes");
            for (SearchMode.Size size : sizes) {
                Latencies warm = size.warm().get(kind);
                Latencies cold = size.cold().get(kind);
                measured.addObject()
                        .put("rows", size.rows())
                        .put("warmP50Millis", round(warm.millis(0.5)))
                        .put("warmMaxMillis", round(warm.millis(1)))
                        .put("coldP50Millis", round(cold.millis(0.5)))
                        .put("coldMaxMillis", round(cold.millis(1)));
            }
        }
        json.putObject("months")
                .put("messages", months.rows())
                .put("byCaseWholeMillis", months.wholeByCase().millis(0.5))
                .put("byCaseMonthsMillis", months.monthsByCase().millis(0.5))
                .put("emptiedWholeMillis", round(months.wholeEmptied()))
                .put("emptiedMonthsMillis", round(months.monthsEmptied()));
        var filled = json.putArray("sizes");
        sizes.forEach(size -> filled.addObject()
                .put("cases", size.cases())
                .put("rows", size.rows())
                .put("databaseBytes", size.bytes())
                .put("fillSeconds", round(size.fillSeconds()))
                .put("load", size.load()));
        json.set("machine", after.since(before));
        return json;
    }

    private static double slowest(Map<String, Latencies> times) {
        return round(times.values().stream()
                .mapToDouble(kind -> kind.millis(1))
                .max()
                .orElse(0));
    }

    private static double round(double value) {
        return Math.round(value * 10) / 10.0;
    }
}
