package org.shuniu.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.shuniu.bench.subject.Subject;

/**
 * What a run of the benchmark does, from {@code -Dbench.*}.
 *
 * @param rounds how often every system is measured
 * @param warmup with few lives on their way before each measurement, at least
 * @param window of each measurement
 * @param sizes stored cases at which the growth mode measures
 * @param attachment how many mebibytes the exchange mode uploads
 */
record BenchSettings(
        String mode,
        int rounds,
        Duration warmup,
        Duration window,
        List<Subject> subjects,
        List<Long> sizes,
        int attachment) {

    /** Where everything is written. */
    static final Path DIRECTORY = Path.of("target", "bench").toAbsolutePath();

    /** Lives that may be on their way at a time, in every system. */
    static final int OPEN_LIVES = 1000;

    BenchSettings {
        require(rounds > 0, "bench.rounds", rounds, "at least 1");
        require(window.toSeconds() > 0, "bench.seconds", window.toSeconds(), "at least 1");
        require(attachment > 7, "bench.attachment", attachment, "at least 8");
        require(!subjects.isEmpty(), "bench.systems", subjects, "floor, hub, textbook");
    }

    static BenchSettings read() {
        return new BenchSettings(
                System.getProperty("bench.mode", "lives"),
                Integer.getInteger("bench.rounds", 3),
                Duration.ofSeconds(Integer.getInteger("bench.warmup", 20)),
                Duration.ofSeconds(Integer.getInteger("bench.seconds", 20)),
                list("bench.systems", "floor,hub,textbook").stream()
                        .map(BenchSettings::subject)
                        .toList(),
                list("bench.sizes", "10000,1000000").stream().map(Long::valueOf).toList(),
                Integer.getInteger("bench.attachment", 512));
    }

    private static List<String> list(String name, String otherwise) {
        return Arrays.stream(System.getProperty(name, otherwise).split(","))
                .map(String::strip)
                .toList();
    }

    private static Subject subject(String label) {
        return Arrays.stream(Subject.values())
                .filter(subject -> subject.label().equals(label))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "Setting bench.systems: expected floor, hub or textbook, found " + label));
    }

    private static void require(boolean sound, String name, Object value, String expected) {
        if (!sound) {
            throw new IllegalArgumentException("Setting %s: expected %s, found %s".formatted(name, expected, value));
        }
    }
}
