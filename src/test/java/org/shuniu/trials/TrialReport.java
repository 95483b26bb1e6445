package org.shuniu.trials;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;

/** What every trial did and the counts it compared: printed, and kept in {@code target/trials/report.md}. */
final class TrialReport {

    private static final Path FILE = Trial.ROOT.resolve("report.md");
    /** Told by the build that several JVMs belong to; otherwise each JVM is a run. */
    private static final String RUN = System.getProperty(
            "trials.run", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());

    private TrialReport() {}

    static synchronized void add(
            String fault, String what, Duration took, Map<String, Object> counts, List<String> faults) {
        StringBuilder text = new StringBuilder();
        text.append("## %s: %s%n%n".formatted(fault, faults.isEmpty() ? "holds" : "BROKEN"));
        text.append("%s (%d s)%n%n".formatted(what, took.toSeconds()));
        counts.forEach((name, value) -> text.append("- %s: %s%n".formatted(name, value)));
        faults.forEach(broken -> text.append("- **%s**%n".formatted(broken)));
        text.append(System.lineSeparator());
        System.out.print(text);
        System.out.flush();
        TrialsLock.oneAtATime(() -> write(text.toString()));
    }

    private static String head() {
        return "# Trials%n%nRun at %s with trials.scale %s (1.0 is the length in TRIALS.md), %d processors.%n%n"
                .formatted(RUN, Trial.SCALE, Runtime.getRuntime().availableProcessors());
    }

    private static void write(String text) {
        try {
            if (Files.exists(FILE) && Files.readString(FILE).startsWith(head())) {
                Files.writeString(FILE, text, StandardOpenOption.APPEND);
            } else {
                Files.writeString(FILE, head() + text);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
