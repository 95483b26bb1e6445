package org.shuniu.bench.profile;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.shuniu.bench.subject.ThreadTimes;

/** Where a process's time goes: samples of the flight recorder weighed with the processor time of its threads. */
public final class HubProfile {

    private static final int METHODS = 40;
    private static final int THREADS = 15;

    private final long pid;
    private final FlightRecorder recorder;
    private ThreadTimes before;
    private long from;

    private HubProfile(long pid, FlightRecorder recorder) {
        this.pid = pid;
        this.recorder = recorder;
    }

    /** Records from now on; a process that is not warm yet gets used to being recorded. */
    public static HubProfile start(long pid) throws IOException, InterruptedException {
        FlightRecorder recorder = new FlightRecorder(pid);
        recorder.start();
        return new HubProfile(pid, recorder);
    }

    /** What happens from now on is told. */
    public void measure() throws IOException {
        before = ThreadTimes.of(pid);
        from = System.nanoTime();
    }

    /**
     * Ends the recording and tells what it shows.
     *
     * @param databaseMillis processor time of the database server since {@link #measure}
     * @param lives that ended since then
     */
    public String stop(Path recording, double databaseMillis, double lives) throws IOException, InterruptedException {
        ThreadTimes threads = ThreadTimes.of(pid).since(before);
        recorder.stop(recording, Duration.ofNanos(System.nanoTime() - from));
        return tell(Samples.read(recording), threads, databaseMillis, lives);
    }

    private static String tell(Samples samples, ThreadTimes threads, double databaseMillis, double lives) {
        double cpuMillis = threads.all() + databaseMillis;
        StringBuilder text = new StringBuilder("| where | ms per life | share |\n|---|---|---|\n");
        double java = threads.all() - threads.machinery();
        Arrays.stream(Part.values())
                .sorted(Comparator.comparingDouble((Part part) -> -samples.share(part)))
                .forEach(part -> text.append(row(part.label(), samples.share(part) * java, cpuMillis, lives)));
        text.append(row("compiler and collector", threads.machinery(), cpuMillis, lives));
        text.append(row("database server", databaseMillis, cpuMillis, lives));
        text.append(row("**all**", cpuMillis, cpuMillis, lives));
        text.append("\n%d samples of Java code, %.0f lives.\n".formatted(samples.all(), lives));
        text.append(methods("What ran", samples.running(METHODS)));
        text.append(methods("Which of the hub's methods it ran for, libraries included", samples.serving(METHODS)));
        return text.append(threads(threads, lives)).toString();
    }

    private static String row(String label, double millis, double all, double lives) {
        return "| %s | %.3f | %.1f %% |%n".formatted(label, millis / lives, 100 * millis / all);
    }

    private static String methods(String title, List<Map.Entry<String, Double>> methods) {
        StringBuilder text = new StringBuilder("\n| %s | share of samples |%n|---|---|%n".formatted(title));
        methods.forEach(
                method -> text.append("| `%s` | %.1f %% |%n".formatted(method.getKey(), 100 * method.getValue())));
        return text.toString();
    }

    private static String threads(ThreadTimes threads, double lives) {
        StringBuilder text = new StringBuilder("\n| threads | ms per life |\n|---|---|\n");
        threads.byName().entrySet().stream()
                .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
                .limit(THREADS)
                .forEach(entry -> text.append("| %s | %.3f |%n".formatted(entry.getKey(), entry.getValue() / lives)));
        return text.toString();
    }
}
