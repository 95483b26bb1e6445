package org.shuniu.bench;

import java.io.IOException;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.shuniu.bench.load.Latencies;
import org.shuniu.bench.load.Operators;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What operators cost, and how long their pages take meanwhile. */
final class ConsoleReport {

    /** The project promises to lose no more. */
    private static final double PROMISED = 0.95;

    private final BenchSettings settings;
    private final List<ConsoleMode.Pair> pairs;
    private final Operators operators;
    private final Machine before;
    private final Machine after;

    ConsoleReport(
            BenchSettings settings, List<ConsoleMode.Pair> pairs, Operators operators, Machine before, Machine after) {
        this.settings = settings;
        this.pairs = pairs;
        this.operators = operators;
        this.before = before;
        this.after = after;
    }

    void write() throws IOException {
        Results.write("console.json", json().toPrettyString() + "\n");
        Results.write("console.md", "# Whole lives a second while people use the console\n\n" + table());
    }

    private Spread alone(ToDoubleFunction<ConsoleMode.Window> figure) {
        return Spread.of(pairs, pair -> figure.applyAsDouble(pair.alone()));
    }

    private Spread watched(ToDoubleFunction<ConsoleMode.Window> figure) {
        return Spread.of(pairs, pair -> figure.applyAsDouble(pair.watched()));
    }

    private Spread ratio() {
        return Spread.of(pairs, ConsoleMode.Pair::ratio);
    }

    /** Of processor time, which a busy machine changes less than the rate. */
    private double processorRatio() {
        return watched(ConsoleMode.Window::cpuPerThousand).median()
                / alone(ConsoleMode.Window::cpuPerThousand).median();
    }

    String table() {
        StringBuilder text = new StringBuilder();
        text.append("| | whole lives/s | CPU s per 1,000 lives | load, partners and operators |\n|---|---|---|---|\n");
        text.append(line(
                "without operators",
                alone(ConsoleMode.Window::livesPerSecond),
                alone(ConsoleMode.Window::cpuPerThousand),
                alone(ConsoleMode.Window::benchCpuPerThousand)));
        text.append(line(
                "with %d operators".formatted(settings.operators()),
                watched(ConsoleMode.Window::livesPerSecond),
                watched(ConsoleMode.Window::cpuPerThousand),
                watched(ConsoleMode.Window::benchCpuPerThousand)));
        Spread ratio = ratio();
        text.append("""

                With operators **%.3f** of the lives without (%.3f to %.3f, median of %d pairs): %s 0.95. CPU for 1,000 lives: %.3f of that without.

                | page | answered | p50 | p99 |
                |---|---|---|---|
                """.formatted(
                        ratio.median(),
                        ratio.least(),
                        ratio.greatest(),
                        pairs.size(),
                        ratio.median() >= PROMISED ? "at least" : "LESS THAN",
                        processorRatio()));
        operators.times().forEach((page, times) -> text.append(line(page, times)));
        text.append(line("all", operators.all()));
        text.append("""

                %d pages failed. Each operator has the live picture open (fetched every %d s) and clicks every %d to %d s. %d s of measurement a window, windows in turns.
                Hub, database, load generator, partners and operators share %d processors; Java %s.
                Load average of the machine before: %s; after: %s. Measured %s.
                """.formatted(
                        operators.failures(),
                        Operators.LIVE_SECONDS,
                        Operators.LEAST_SECONDS,
                        Operators.MOST_SECONDS,
                        settings.window().toSeconds(),
                        after.processors(),
                        after.java(),
                        before.load(),
                        after.load(),
                        after.at()));
        return text.toString();
    }

    private static String line(String name, Spread lives, Spread cpu, Spread bench) {
        return "| %s | **%.0f** (%.0f to %.0f) | %.2f | %.2f |%n"
                .formatted(name, lives.median(), lives.least(), lives.greatest(), cpu.median(), bench.median());
    }

    private static String line(String page, Latencies times) {
        return "| %s | %d | %.0f ms | %.0f ms |%n"
                .formatted(page, times.count(), times.millis(0.5), times.millis(0.99));
    }

    private ObjectNode json() {
        ObjectNode json = JsonMapper.shared().createObjectNode();
        json.put("ratio", round(ratio().median()))
                .put("ratioLeast", round(ratio().least()))
                .put("ratioGreatest", round(ratio().greatest()))
                .put("processorRatio", round(processorRatio()))
                .put("operators", settings.operators())
                .put("pagesFailed", operators.failures());
        json.set("without", side(this::alone));
        json.set("with", side(this::watched));
        ObjectNode pages = json.putObject("pages");
        operators.times().forEach((page, times) -> times(pages.putObject(page), times));
        times(pages.putObject("all"), operators.all());
        json.putObject("run")
                .put("pairs", pairs.size())
                .put("windowSeconds", settings.window().toSeconds())
                .put("liveEverySeconds", Operators.LIVE_SECONDS)
                .put("clickAfterSecondsAtLeast", Operators.LEAST_SECONDS)
                .put("clickAfterSecondsAtMost", Operators.MOST_SECONDS);
        json.set("machine", after.since(before));
        return json;
    }

    /** One of the two sides' figures. */
    @FunctionalInterface
    private interface Side {
        Spread of(ToDoubleFunction<ConsoleMode.Window> figure);
    }

    private static ObjectNode side(Side side) {
        return JsonMapper.shared()
                .createObjectNode()
                .put(
                        "livesPerSecond",
                        round(side.of(ConsoleMode.Window::livesPerSecond).median()))
                .put(
                        "cpuSecondsPerThousand",
                        round(side.of(ConsoleMode.Window::cpuPerThousand).median()))
                .put(
                        "benchCpuSecondsPerThousand",
                        round(side.of(ConsoleMode.Window::benchCpuPerThousand).median()));
    }

    private static void times(ObjectNode json, Latencies times) {
        json.put("answered", times.count())
                .put("p50Millis", round(times.millis(0.5)))
                .put("p99Millis", round(times.millis(0.99)));
    }

    private static double round(double value) {
        return Math.round(value * 1000) / 1000.0;
    }
}
