package org.shuniu.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.shuniu.bench.subject.HubOn;
import org.shuniu.bench.subject.RunningSubject;

/**
 * Measures how long the hub takes until it accepts and what it holds then, on each JDK with and without a cache of its classes; and what
 * it does with how little heap.
 */
final class StartMode {

    private static final String HEAP = "-Xmx512m";
    private static final int FIRST_WITH_CACHE = 25;
    private static final Duration SETTLES = Duration.ofSeconds(5);
    /** Lives a second while it is trained. */
    private static final double TRAINING_RATE = 5;

    private static final Duration TRAINING = Duration.ofSeconds(30);
    private static final Pattern VERSION = Pattern.compile("JAVA_VERSION=\"((\\d+)[^\"]*)\"");
    private static final Pattern HEAP_IN_USE = Pattern.compile("(?:heap|generation)\\s+total[^\n]*?used (\\d+)K");
    private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d+)");
    private static final double KILO = 1024;
    private static final int NO_PARTNERS = 1;

    /**
     * A way to start the hub.
     *
     * @param training options with which a start before writes what this one reads; none where it reads nothing
     */
    private record Form(String label, Path jdk, List<String> training, List<String> options) {

        HubOn hub(List<String> own) {
            List<String> all = new ArrayList<>(List.of(HEAP));
            all.addAll(own);
            return new HubOn(jdk, all);
        }
    }

    /**
     * One start that made everything anew, and the next one, which found it.
     *
     * @param cpu seconds of processor time of the next one, its database server included
     * @param resident megabytes of the process
     * @param heap megabytes that live
     */
    private record Start(double firstSeconds, double seconds, double cpu, double resident, double heap) {}

    private final BenchSettings settings;
    private final Path directory = BenchSettings.DIRECTORY.resolve("start");

    StartMode(BenchSettings settings) {
        this.settings = settings;
    }

    void run() throws IOException, InterruptedException {
        Machine before = Machine.now();
        Directories.empty(directory);
        List<Form> forms = new ArrayList<>();
        for (Path jdk : settings.jdks()) {
            forms.addAll(forms(jdk));
        }
        for (Form form : forms) {
            train(form);
        }
        Map<Form, List<Start>> starts = new LinkedHashMap<>();
        for (int round = 1; round <= settings.rounds(); round++) {
            for (Form form : forms) {
                Start start = measure(form);
                System.out.printf("round %d  %s: %s%n", round, form.label(), start);
                starts.computeIfAbsent(form, unseen -> new ArrayList<>()).add(start);
            }
        }
        List<String> heaps = new ArrayList<>();
        for (int megabytes : settings.heaps()) {
            heaps.add(underLoad(megabytes));
            System.out.println(heaps.get(heaps.size() - 1));
        }
        String told = told(starts, heaps, before, Machine.now());
        Results.write("start.md", told);
        System.out.println(told);
    }

    private List<Form> forms(Path jdk) throws IOException {
        Matcher version = VERSION.matcher(Files.readString(jdk.resolve("release")));
        if (!version.find()) {
            throw new IllegalArgumentException("Setting bench.jdks: expected homes of JDKs, found " + jdk);
        }
        String name = "JDK " + version.group(1);
        if (Integer.parseInt(version.group(2)) < FIRST_WITH_CACHE) {
            Path archive = directory.resolve(name.replace(' ', '-') + ".jsa");
            return List.of(
                    new Form(name, jdk, List.of(), List.of()),
                    new Form(
                            name + " with an archive of classes",
                            jdk,
                            List.of("-XX:ArchiveClassesAtExit=" + archive),
                            List.of("-XX:SharedArchiveFile=" + archive)));
        }
        Path cache = directory.resolve(name.replace(' ', '-') + ".aot");
        return List.of(
                new Form(name, jdk, List.of(), List.of()),
                new Form(
                        name + " with an AOT cache",
                        jdk,
                        List.of("-XX:AOTCacheOutput=" + cache),
                        List.of("-XX:AOTCache=" + cache)));
    }

    private void train(Form form) throws IOException, InterruptedException {
        if (form.training().isEmpty()) {
            return;
        }
        Path place = directory.resolve("training");
        Directories.empty(place);
        try (Trial hub = Trial.start(form.hub(form.training()), place)) {
            hub.work(TRAINING_RATE, TRAINING);
        }
        Directories.remove(place);
    }

    private Start measure(Form form) throws IOException, InterruptedException {
        Path place = directory.resolve("run");
        Directories.empty(place);
        HubOn hub = form.hub(form.options());
        Duration first;
        try (RunningSubject running = hub.start(place, NO_PARTNERS)) {
            first = running.started();
        }
        try (RunningSubject running = hub.start(place, NO_PARTNERS)) {
            double cpu = running.cpuSeconds();
            Thread.sleep(SETTLES.toMillis());
            return new Start(
                    seconds(first), seconds(running.started()), cpu, resident(running), heap(form.jdk(), running));
        } finally {
            Directories.remove(place);
        }
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }

    private static double resident(RunningSubject hub) throws IOException {
        Matcher found = RESIDENT.matcher(Files.readString(Path.of("/proc/%d/status".formatted(hub.pid()))));
        return found.find() ? Double.parseDouble(found.group(1)) / KILO : Double.NaN;
    }

    private static double heap(Path jdk, RunningSubject hub) throws IOException {
        jcmd(jdk, hub, "GC.run");
        return HEAP_IN_USE
                        .matcher(jcmd(jdk, hub, "GC.heap_info"))
                        .results()
                        .mapToDouble(found -> Double.parseDouble(found.group(1)))
                        .sum()
                / KILO;
    }

    private static String jcmd(Path jdk, RunningSubject hub, String command) throws IOException {
        Process process = new ProcessBuilder(jdk.resolve("bin/jcmd").toString(), Long.toString(hub.pid()), command)
                .redirectErrorStream(true)
                .start();
        return new String(process.getInputStream().readAllBytes());
    }

    /** On the last of the JDKs, as it comes. */
    private String underLoad(int megabytes) throws IOException, InterruptedException {
        Path jdk = settings.jdks().get(settings.jdks().size() - 1);
        Path place = directory.resolve("heap");
        Directories.empty(place);
        try (Trial trial = Trial.start(new HubOn(jdk, List.of("-Xmx%dm".formatted(megabytes))), place)) {
            Trial.FullLoad load = trial.underLoad(settings.warmup(), settings.window());
            return "| %d MB | %.0f | %.2f | %.0f MB |"
                    .formatted(megabytes, load.livesPerSecond(), load.cpuPerThousand(), resident(trial.subject()));
        } catch (IOException failed) {
            return "| %d MB | does not: %s | | |".formatted(megabytes, failed.getMessage());
        } finally {
            Directories.remove(place);
        }
    }

    private String told(Map<Form, List<Start>> starts, List<String> heaps, Machine before, Machine after) {
        String table = starts.entrySet().stream()
                .map(form -> line(form.getKey().label(), form.getValue()))
                .collect(Collectors.joining(System.lineSeparator()));
        return """
                | | first start | the next | processor time of it | resident | live heap |
                |---|---|---|---|---|---|
                %s

                | heap | whole lives/s | CPU s per 1,000 lives | resident |
                |---|---|---|---|
                %s

                Medians of %d starts (least to greatest), with %s; %d processors.
                Load average of the machine before: %s; after: %s. Measured %s.
                """.formatted(
                        table,
                        String.join(System.lineSeparator(), heaps),
                        settings.rounds(),
                        HEAP,
                        after.processors(),
                        before.load(),
                        after.load(),
                        after.at());
    }

    private static String line(String label, List<Start> starts) {
        return "| %s | %s s | %s s | %s s | %.0f MB | %.0f MB |"
                .formatted(
                        label,
                        spread(starts, Start::firstSeconds),
                        spread(starts, Start::seconds),
                        spread(starts, Start::cpu),
                        Spread.of(starts, Start::resident).median(),
                        Spread.of(starts, Start::heap).median());
    }

    private static String spread(List<Start> starts, ToDoubleFunction<Start> figure) {
        Spread spread = Spread.of(starts, figure);
        return "**%.1f** (%.1f to %.1f)".formatted(spread.median(), spread.least(), spread.greatest());
    }
}
