package org.shuniu.bench;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.shuniu.bench.subject.Subject;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The figures of a run as JSON, as a Markdown table and as a chart. */
final class LivesReport {

    private final BenchSettings settings;
    private final Map<Subject, List<Measured>> measured;
    private final Machine before;
    private final Machine after;

    LivesReport(BenchSettings settings, Map<Subject, List<Measured>> measured, Machine before, Machine after) {
        this.settings = settings;
        this.measured = measured;
        this.before = before;
        this.after = after;
    }

    void write() throws IOException {
        Results.write("lives.json", json().toPrettyString() + "\n");
        Results.write("lives.md", "# Whole lives a second\n\n" + table() + "\n![whole lives a second](lives.svg)\n");
        Results.write("lives.svg", LivesChart.of(measured));
    }

    private ObjectNode json() {
        ObjectNode json = JsonMapper.shared().createObjectNode();
        measured.keySet().forEach(subject -> json.put(subject.label() + "PerSecond", round(perSecond(subject))));
        if (measured.containsKey(Subject.HUB)) {
            ratio(json, "ratioToFloor", Subject.FLOOR);
            ratio(json, "ratioToTextbook", Subject.TEXTBOOK);
        }
        measured.forEach((subject, runs) -> details(json.putObject(subject.label()), runs));
        ObjectNode run = json.putObject("run");
        run.put("rounds", settings.rounds())
                .put("warmupSeconds", settings.warmup().toSeconds())
                .put("windowSeconds", settings.window().toSeconds())
                .put("openLives", BenchSettings.OPEN_LIVES);
        json.set("machine", after.since(before));
        return json;
    }

    private void ratio(ObjectNode json, String name, Subject other) {
        if (measured.containsKey(other)) {
            json.put(name, round(perSecond(Subject.HUB) / perSecond(other)));
        }
    }

    private static void details(ObjectNode json, List<Measured> runs) {
        spread(json, "warmupSeconds", runs, Measured::warmupSeconds);
        spread(json, "livesPerSecond", runs, Measured::livesPerSecond);
        spread(json, "cpuSecondsPerThousand", runs, Measured::cpuPerThousand);
        spread(json, "benchCpuSecondsPerThousand", runs, Measured::benchCpuPerThousand);
        spread(json, "acceptedP50Millis", runs, Measured::p50Millis);
        spread(json, "acceptedP99Millis", runs, Measured::p99Millis);
    }

    private static void spread(ObjectNode json, String name, List<Measured> runs, ToDoubleFunction<Measured> figure) {
        Spread spread = Spread.of(runs, figure);
        json.putObject(name)
                .put("median", round(spread.median()))
                .put("least", round(spread.least()))
                .put("greatest", round(spread.greatest()));
    }

    private static double round(double value) {
        return Math.round(value * 1000) / 1000.0;
    }

    private double perSecond(Subject subject) {
        return Spread.of(measured.get(subject), Measured::livesPerSecond).median();
    }

    String table() {
        StringBuilder text = new StringBuilder();
        text.append("| system | whole lives/s | beside the floor | beside the textbook | CPU s per 1,000 lives |")
                .append(
                        " load and partners | 202 at half load: p50 | p99 | warm after |\n|---|---|---|---|---|---|---|---|---|\n");
        measured.forEach((subject, runs) -> text.append(line(subject, runs)));
        text.append(
                "\nMedians of %d rounds (least to greatest); %d s of measurement each, when it got no faster any more; %d processors, Java %s.\n"
                        .formatted(settings.rounds(), settings.window().toSeconds(), after.processors(), after.java()));
        text.append("Load average of the machine before: %s; after: %s. Measured %s.\n"
                .formatted(before.load(), after.load(), after.at()));
        return text.toString();
    }

    private String line(Subject subject, List<Measured> runs) {
        Spread lives = Spread.of(runs, Measured::livesPerSecond);
        return "| %s | **%.0f** (%.0f to %.0f) | %s | %s | %.2f | %.2f | %.1f ms | %.1f ms | %.0f s |%n"
                .formatted(
                        subject.label(),
                        lives.median(),
                        lives.least(),
                        lives.greatest(),
                        beside(lives, Subject.FLOOR),
                        beside(lives, Subject.TEXTBOOK),
                        Spread.of(runs, Measured::cpuPerThousand).median(),
                        Spread.of(runs, Measured::benchCpuPerThousand).median(),
                        Spread.of(runs, Measured::p50Millis).median(),
                        Spread.of(runs, Measured::p99Millis).median(),
                        Spread.of(runs, Measured::warmupSeconds).median());
    }

    private String beside(Spread lives, Subject other) {
        return measured.containsKey(other)
                ? String.format(Locale.ROOT, "%.2f", lives.median() / perSecond(other))
                : "–";
    }
}
