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
 * @param rows of trace that the search mode fills a hub with, where the disk has room
 * @param diskShare per cent of the free disk that they may take
 * @param operators who click in the console mode
 * @param jdks homes of those on which the start mode starts the hub
 * @param heaps sizes of heap, in megabytes, with which it puts the hub under load
 */
record BenchSettings(
        String mode,
        int rounds,
        Duration warmup,
        Duration window,
        List<Subject> subjects,
        List<Long> sizes,
        int attachment,
        long rows,
        int diskShare,
        int operators,
        List<Path> jdks,
        List<Integer> heaps) {

    /** Where everything is written. */
    static final Path DIRECTORY = Path.of("target", "bench").toAbsolutePath();

    /** Lives that may be on their way at a time, in every system. */
    static final int OPEN_LIVES = 1000;

    BenchSettings {
        require(rounds > 0, "bench.rounds", rounds, "at least 1");
        require(window.toSeconds() > 0, "bench.seconds", window.toSeconds(), "at least 1");
        require(attachment > 7, "bench.attachment", attachment, "at least 8");
        require(rows >= 100_000, "bench.rows", rows, "at least 100000");
        require(diskShare > 0 && diskShare <= 80, "bench.disk-share", diskShare, "1 to 80 per cent");
        require(operators > 0 && operators <= 100, "bench.operators", operators, "1 to 100");
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
                Integer.getInteger("bench.attachment", 512),
                Long.getLong("bench.rows", 10_000_000L),
                Integer.getInteger("bench.disk-share", 50),
                Integer.getInteger("bench.operators", 10),
                list("bench.jdks", System.getProperty("java.home")).stream()
                        .map(Path::of)
                        .toList(),
                list("bench.heaps", "512,256,192,128").stream()
                        .map(Integer::valueOf)
                        .toList());
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
