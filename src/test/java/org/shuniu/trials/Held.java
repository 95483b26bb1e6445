package org.shuniu.trials;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.shuniu.packaged.LiveDirectory;

/**
 * What a hub's process and its database hold at a moment.
 *
 * @param hours since the first look
 * @param heap megabytes that live, after a collection
 * @param resident megabytes of the whole process
 * @param files that it has open, sockets among them
 * @param waiting deliveries that are pending
 * @param broker megabytes of its files
 * @param bytesOfACase of all tables and indexes
 */
record Held(
        double hours,
        double heap,
        double resident,
        double threads,
        double files,
        double waiting,
        double broker,
        double bytesOfACase) {

    private static final String JCMD =
            Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
    private static final Pattern OF_A_GENERATION = Pattern.compile("total\\s+\\d+K, used (\\d+)K");
    private static final double KILO = 1024;

    private static final String BYTES_OF_A_CASE = """
            select (select sum(pg_total_relation_size(relid)) from pg_stat_user_tables)::bigint
                / greatest(1, (select count(*) from case_file))
            """;

    static Held by(Trial trial, double hours) {
        long pid = trial.hub().pid();
        Path process = Path.of("/proc", Long.toString(pid));
        try (Stream<Path> files = Files.list(process.resolve("fd"))) {
            String status = Files.readString(process.resolve("status"));
            return new Held(
                    hours,
                    liveHeap(pid),
                    number(status, "VmRSS:\\s+(\\d+)") / KILO,
                    number(status, "Threads:\\s+(\\d+)"),
                    files.count(),
                    trial.pending(),
                    megabytes(trial.hub().data().resolve("broker")),
                    trial.database().count(BYTES_OF_A_CASE));
        } catch (IOException ended) {
            throw new UncheckedIOException("The hub ended by itself", ended);
        }
    }

    private static double megabytes(Path directory) {
        return LiveDirectory.files(directory).stream()
                        .mapToLong(file -> file.toFile().length())
                        .sum()
                / (KILO * KILO);
    }

    private static double liveHeap(long pid) throws IOException {
        jcmd(pid, "GC.run");
        Matcher used = OF_A_GENERATION.matcher(jcmd(pid, "GC.heap_info"));
        double kilobytes = 0;
        while (used.find()) {
            kilobytes += Double.parseDouble(used.group(1));
        }
        if (kilobytes == 0) {
            throw new AssertionError("jcmd does not say how much of the heap lives");
        }
        return kilobytes / KILO;
    }

    private static String jcmd(long pid, String command) throws IOException {
        Process process = new ProcessBuilder(JCMD, Long.toString(pid), command)
                .redirectErrorStream(true)
                .start();
        return new String(process.getInputStream().readAllBytes());
    }

    private static double number(String text, String pattern) {
        Matcher found = Pattern.compile(pattern).matcher(text);
        if (!found.find()) {
            throw new AssertionError("Expected %s in %s".formatted(pattern, text));
        }
        return Double.parseDouble(found.group(1));
    }

    /** How much more there is each hour, by the line that fits all looks best. */
    static double slope(List<Held> all, ToDoubleFunction<Held> of) {
        double meanHours = all.stream().mapToDouble(Held::hours).average().orElseThrow();
        double mean = all.stream().mapToDouble(of).average().orElseThrow();
        double together = 0;
        double squares = 0;
        for (Held one : all) {
            together += (one.hours() - meanHours) * (of.applyAsDouble(one) - mean);
            squares += (one.hours() - meanHours) * (one.hours() - meanHours);
        }
        return together / squares;
    }
}
