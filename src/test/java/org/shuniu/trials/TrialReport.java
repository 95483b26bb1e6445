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
    private static boolean begun;

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
        write((begun ? "" : head()) + text);
        begun = true;
    }

    private static String head() {
        return "# Trials%n%nRun at %s with trials.scale %s (1.0 is the length in TRIALS.md), %d processors.%n%n"
                .formatted(
                        Instant.now().truncatedTo(ChronoUnit.SECONDS),
                        Trial.SCALE,
                        Runtime.getRuntime().availableProcessors());
    }

    private static void write(String text) {
        try {
            Files.createDirectories(Trial.ROOT);
            if (begun) {
                Files.writeString(FILE, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            } else {
                Files.writeString(FILE, text);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
