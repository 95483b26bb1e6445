package org.shuniu.bench;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What the exchange took in, as JSON and as a Markdown table; the floor comes first. */
final class ExchangeReport {

    private final BenchSettings settings;
    private final Map<String, List<ExchangeMode.Taken>> taken;
    private final Machine before;
    private final Machine after;
    private final List<ExchangeMode.Taken> floor;

    ExchangeReport(BenchSettings settings, Map<String, List<ExchangeMode.Taken>> taken, Machine before, Machine after) {
        this.settings = settings;
        this.taken = taken;
        this.before = before;
        this.after = after;
        this.floor = taken.get("floor");
    }

    void write() throws IOException {
        Results.write("exchange.json", json().toPrettyString() + "\n");
        Results.write("exchange.md", "# What the exchange takes in\n\n" + table());
    }

    private ObjectNode json() {
        ObjectNode json = JsonMapper.shared().createObjectNode();
        taken.forEach((label, runs) -> {
            ObjectNode side = json.putObject(label);
            figure(side, "messagesPerSecond", runs, run -> run.messages().livesPerSecond());
            figure(side, "cpuSecondsPerThousand", runs, run -> run.messages().cpuPerThousand());
            figure(
                    side,
                    "benchCpuSecondsPerThousand",
                    runs,
                    run -> run.messages().benchCpuPerThousand());
            figure(side, "acceptedP50Millis", runs, run -> run.messages().p50Millis());
            figure(side, "acceptedP99Millis", runs, run -> run.messages().p99Millis());
            figure(side, "signedLate", runs, ExchangeMode.Taken::late);
            figure(side, "warmupSeconds", runs, run -> run.messages().warmupSeconds());
            figure(side, "uploadMegabytesPerSecond", runs, run -> run.uploads().one());
            figure(
                    side,
                    "eightUploadsMegabytesPerSecond",
                    runs,
                    run -> run.uploads().eight());
            side.put(
                    "messagesToFloor", rounded(ratio(runs, run -> run.messages().livesPerSecond())));
            side.put("uploadToFloor", rounded(ratio(runs, run -> run.uploads().one())));
            side.put(
                    "eightUploadsToFloor",
                    rounded(ratio(runs, run -> run.uploads().eight())));
        });
        json.putObject("run")
                .put("rounds", settings.rounds())
                .put("windowSeconds", settings.window().toSeconds())
                .put("attachmentMebibytes", settings.attachment());
        json.set("machine", after.since(before));
        return json;
    }

    private static void figure(
            ObjectNode side, String name, List<ExchangeMode.Taken> runs, ToDoubleFunction<ExchangeMode.Taken> figure) {
        Spread spread = Spread.of(runs, figure);
        side.putObject(name)
                .put("median", rounded(spread.median()))
                .put("least", rounded(spread.least()))
                .put("greatest", rounded(spread.greatest()));
    }

    private static double rounded(double value) {
        return Math.round(value * 1000) / 1000.0;
    }

    private double ratio(List<ExchangeMode.Taken> runs, ToDoubleFunction<ExchangeMode.Taken> figure) {
        return Spread.of(runs, figure).median() / Spread.of(floor, figure).median();
    }

    String table() {
        StringBuilder text = new StringBuilder();
        text.append("| taken in by | messages/s | beside the floor | CPU s per 1,000 | load and department |")
                .append(
                        " 202 at half load: p50 | p99 | signed late | warm after |\n|---|---|---|---|---|---|---|---|---|\n");
        taken.forEach((label, runs) -> text.append(messages(label, runs)));
        text.append(
                        "\n| uploads to | one file, MB/s | beside the floor | eight side by side, MB/s | beside the floor |\n")
                .append("|---|---|---|---|---|\n");
        taken.forEach((label, runs) -> text.append(uploads(label, runs)));
        text.append("\nMedians of %d rounds; %d s of measurement each; uploads of %d MiB; %d processors, Java %s.\n"
                .formatted(
                        settings.rounds(),
                        settings.window().toSeconds(),
                        settings.attachment(),
                        after.processors(),
                        after.java()));
        text.append("Load average of the machine before: %s; after: %s. Measured %s.\n"
                .formatted(before.load(), after.load(), after.at()));
        return text.toString();
    }

    private String messages(String label, List<ExchangeMode.Taken> runs) {
        Spread rate = Spread.of(runs, run -> run.messages().livesPerSecond());
        return String.format(
                Locale.ROOT,
                "| %s | **%.0f** (%.0f to %.0f) | %.2f | %.2f | %.2f | %.1f ms | %.1f ms | %.0f %% | %.0f s |%n",
                label,
                rate.median(),
                rate.least(),
                rate.greatest(),
                ratio(runs, run -> run.messages().livesPerSecond()),
                median(runs, run -> run.messages().cpuPerThousand()),
                median(runs, run -> run.messages().benchCpuPerThousand()),
                median(runs, run -> run.messages().p50Millis()),
                median(runs, run -> run.messages().p99Millis()),
                100 * median(runs, ExchangeMode.Taken::late),
                median(runs, run -> run.messages().warmupSeconds()));
    }

    private String uploads(String label, List<ExchangeMode.Taken> runs) {
        return String.format(
                Locale.ROOT,
                "| %s | **%.0f** | %.2f | **%.0f** | %.2f |%n",
                label,
                median(runs, run -> run.uploads().one()),
                ratio(runs, run -> run.uploads().one()),
                median(runs, run -> run.uploads().eight()),
                ratio(runs, run -> run.uploads().eight()));
    }

    private static double median(List<ExchangeMode.Taken> runs, ToDoubleFunction<ExchangeMode.Taken> figure) {
        return Spread.of(runs, figure).median();
    }
}
