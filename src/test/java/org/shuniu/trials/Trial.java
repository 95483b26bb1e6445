package org.shuniu.trials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.shuniu.packaged.Workplace;
import org.slf4j.LoggerFactory;

/** One trial: a hub in a directory of its own, departments that outlive it, a platform under load and an oracle. */
final class Trial implements AutoCloseable {

    /** Share of the lengths in TRIALS.md that a trial runs for. */
    static final double SCALE = Double.parseDouble(System.getProperty("trials.scale", "0.03"));

    static final Path ROOT = Path.of("target", "trials").toAbsolutePath();

    /** How long what is pending may take; a whole backlog has to drain in it. */
    private static final Duration QUIET = Duration.ofSeconds(Integer.getInteger("trials.quiet", 600));

    private static final String UNWORKED = List.of("accept", "process", "result", "supplement", "withdraw").stream()
            .map(table -> "(select count(*) from up_pro_%s where is_sync = 0)".formatted(table))
            .collect(Collectors.joining(" + ", "select ", ""));

    static {
        ((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).setLevel(Level.ERROR);
    }

    private final String fault;
    private final String what;
    private final Path directory;
    private final HubProcess hub;
    private final Departments departments;
    private final Journal journal;
    private final LoadDriver platform;
    private final AtomicInteger seeds = new AtomicInteger();
    private final Instant began = Instant.now();
    private final Map<String, Object> counts = new LinkedHashMap<>();
    private final List<Mount> mounts = new ArrayList<>();
    private final List<String> faults = new ArrayList<>();

    private Trial(String fault, String what, Consumer<HubProcess> settings) {
        this.fault = fault;
        this.what = what;
        this.directory =
                emptied(ROOT.resolve(fault.toLowerCase(java.util.Locale.ROOT).replace(' ', '-')));
        int port = Workplace.freePort();
        this.hub = new HubProcess(directory, "http://127.0.0.1:" + port, ClassArchive.option());
        settings.accept(hub);
        this.journal = new Journal(directory.resolve("journal.jsonl"));
        this.departments = Departments.start(directory, port, hub);
        this.platform = driver(hub::address);
    }

    /**
     * Prepares a trial; the hub is not started yet.
     *
     * @param fault its name in TRIALS.md
     * @param what it does, in one sentence
     */
    static Trial of(String fault, String what) {
        return of(fault, what, hub -> {});
    }

    static Trial of(String fault, String what, Consumer<HubProcess> settings) {
        return new Trial(fault, what, settings);
    }

    /** A count of TRIALS.md at this run's scale, but never below what still proves something. */
    static int count(int whole, int least) {
        return Math.max(least, (int) Math.round(whole * SCALE));
    }

    /** A length of TRIALS.md at this run's scale, but never below what still proves something. */
    static Duration length(Duration whole, Duration least) {
        Duration scaled = Duration.ofMillis(Math.round(whole.toMillis() * SCALE));
        return scaled.compareTo(least) > 0 ? scaled : least;
    }

    /** Starts the hub and waits until all departments can be worked with. */
    Trial ready() {
        try {
            hub.start();
            departments.awaitTables(federation());
            return this;
        } catch (RuntimeException | Error failure) {
            close();
            throw failure;
        }
    }

    HubProcess hub() {
        return hub;
    }

    Departments departments() {
        return departments;
    }

    /** The platform's load; there may be more of them, with keys and applicants of their own. */
    LoadDriver platform() {
        return platform;
    }

    LoadDriver driver(java.util.function.Supplier<String> address) {
        return new LoadDriver(address, () -> hub.secret("acceptance-platform-token"), journal, seeds);
    }

    HubDatabase database() {
        return new HubDatabase(hub.databasePort(), "shuniu");
    }

    HubDatabase federation() {
        return new HubDatabase(hub.databasePort(), "disabled_federation");
    }

    Journal journal() {
        return journal;
    }

    /** Puts a small disk of its own under a directory, for as long as the trial lasts. */
    Mount mount(Path place, String size) {
        Mount mount = Mount.at(place, size);
        mounts.add(mount);
        return mount;
    }

    Path directory() {
        return directory;
    }

    Seed newSeed() {
        return Seed.of(seeds.getAndIncrement());
    }

    /** Notes a number that the report shows. */
    Trial note(String name, Object value) {
        counts.put(name, value);
        return this;
    }

    /** Writes a trial into the report whose end is not that of all others. */
    void report(List<String> faults) {
        TrialReport.add(fault, what, Duration.between(began, Instant.now()), counts, faults);
    }

    long pending() {
        return database().count("select count(*) from delivery where state = 'pending'");
    }

    /** Waits until nothing is under way, in the hub or in the federation's tables. */
    void awaitQuiet() {
        await().alias("nothing pending at " + fault)
                .pollInterval(Duration.ofMillis(500))
                .atMost(QUIET)
                .ignoreExceptions()
                .until(() -> federation().count(UNWORKED) == 0
                        && database().count("select count(*) from answer where read_at is null") == 0
                        && pending() == 0);
    }

    /** Notes what must not be, beside the invariants. */
    void blame(String broken) {
        faults.add(broken);
    }

    /** The end of every trial: all answered, all delivered, all invariants hold. */
    void prove() {
        platform.stop();
        awaitQuiet();
        proveAsItStands();
    }

    /** The invariants while something may still wait or be parked. */
    void proveAsItStands() {
        Oracle oracle = new Oracle(hub, database(), departments, journal).check();
        counts.put("answers", platform.answers());
        counts.put("hub starts", hub.starts());
        counts.put("longest start ms", hub.longestStart().toMillis());
        counts.putAll(oracle.counts());
        faults.addAll(platform.faults());
        faults.addAll(oracle.faults());
        report(faults);
        assertThat(faults).as("faults at " + fault).isEmpty();
    }

    static Path emptied(Path directory) {
        try {
            if (Files.exists(directory)) {
                try (Stream<Path> files = Files.walk(directory)) {
                    for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                        Files.delete(file);
                    }
                }
            }
            return Files.createDirectories(directory);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public void close() {
        platform.close();
        hub.close();
        new PostgresServer(hub.data().resolve("postgres"), database()).endIfLeftBehind();
        departments.close();
        journal.close();
        mounts.forEach(Mount::close);
    }
}
