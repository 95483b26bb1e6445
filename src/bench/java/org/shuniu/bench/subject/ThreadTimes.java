package org.shuniu.bench.subject;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Processor time of a process by its threads' names, numbers cut off, in milliseconds. */
public record ThreadTimes(Map<String, Double> byName) {

    private static final double MILLIS_PER_TICK = 10;
    private static final List<String> MACHINERY =
            List.of("C1 Compiler", "C2 Compiler", "GC Thread", "G1 ", "VM Thread", "VM Periodic", "Sweeper", "JFR ");

    public static ThreadTimes of(long pid) throws IOException {
        Map<String, Double> times = new TreeMap<>();
        List<Path> threads;
        try (Stream<Path> tasks = Files.list(Path.of("/proc/%d/task".formatted(pid)))) {
            threads = tasks.toList();
        }
        for (Path thread : threads) {
            try {
                add(times, Files.readString(thread.resolve("stat")));
            } catch (NoSuchFileException ended) {
                continue;
            }
        }
        return new ThreadTimes(times);
    }

    private static void add(Map<String, Double> times, String stat) {
        String name =
                stat.substring(stat.indexOf('(') + 1, stat.lastIndexOf(')')).replaceAll("[-#\\d ]+$", "");
        String[] values = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        double ticks = Double.parseDouble(values[11]) + Double.parseDouble(values[12]);
        times.merge(name, ticks * MILLIS_PER_TICK, Double::sum);
    }

    public ThreadTimes since(ThreadTimes before) {
        Map<String, Double> spent = new TreeMap<>();
        byName.forEach((name, millis) -> spent.put(name, Math.max(0, millis - before.byName.getOrDefault(name, 0.0))));
        return new ThreadTimes(spent);
    }

    public double all() {
        return byName.values().stream().mapToDouble(Double::doubleValue).sum();
    }

    /** Compiler and collector. */
    public double machinery() {
        return byName.entrySet().stream()
                .filter(entry -> MACHINERY.stream().anyMatch(entry.getKey()::startsWith))
                .mapToDouble(Map.Entry::getValue)
                .sum();
    }
}
