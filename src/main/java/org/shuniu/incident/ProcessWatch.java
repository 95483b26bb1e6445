package org.shuniu.incident;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.util.unit.DataSize;

/** Sees of each process of the hub that its disk fills up, that its clock is wrong, and that it is gone without an end. */
final class ProcessWatch implements Watcher {

    private static final long MEGABYTE = 1024 * 1024;
    private static final int NAMED = 5;

    private final Supplier<List<HubProcess>> processes;
    private final DataSize least;
    private final Duration drift;
    private final IncidentProperties.Processes bounds;

    /**
     * @param least what must be free under the data of each
     * @param drift by which the clock of each may differ from the database's
     */
    ProcessWatch(
            Supplier<List<HubProcess>> processes, DataSize least, Duration drift, IncidentProperties.Processes bounds) {
        this.processes = processes;
        this.least = least;
        this.drift = drift;
        this.bounds = bounds;
    }

    @Override
    public Set<IncidentKind> kinds() {
        return Set.of(IncidentKind.DISK, IncidentKind.CLOCK, IncidentKind.PROCESS);
    }

    /** What one that is gone said last keeps an incident open, and opens none. */
    @Override
    public List<Condition> look(Instant now) {
        List<HubProcess> all = processes.get();
        Predicate<HubProcess> runs = process -> !process.isSilent(now, bounds.silent());
        Optional<Condition> full = bad(IncidentKind.DISK, all, this::isFull, ProcessWatch::disk)
                .map(condition -> condition.urgent(true).opens(all.stream().anyMatch(runs.and(this::isFull))));
        Optional<Condition> wrong = bad(IncidentKind.CLOCK, all, this::isWrong, ProcessWatch::clock)
                .map(condition -> condition.opens(all.stream().anyMatch(runs.and(this::isWrong))));
        return Stream.of(full, wrong, gone(all, runs, now))
                .flatMap(Optional::stream)
                .toList();
    }

    /**
     * After a time without the database all are silent: only who has been there for long enough since can say that others are gone.
     * None is gone whose place another has taken.
     */
    private Optional<Condition> gone(List<HubProcess> all, Predicate<HubProcess> runs, Instant now) {
        boolean known = all.stream()
                .filter(runs)
                .anyMatch(process -> !now.isBefore(process.steadySince().plus(bounds.silent())));
        Set<String> taken = all.stream().filter(runs).map(HubProcess::place).collect(Collectors.toSet());
        Predicate<HubProcess> gone = process -> !taken.contains(process.place());
        return bad(IncidentKind.PROCESS, all, gone, HubProcess::place)
                .map(condition -> condition.opens(known).next(forgotten(all, gone)));
    }

    private Instant forgotten(List<HubProcess> all, Predicate<HubProcess> gone) {
        return all.stream()
                .filter(gone)
                .map(process -> process.beatAt().plus(bounds.forgotten()))
                .min(Comparator.naturalOrder())
                .orElseThrow();
    }

    private static Optional<Condition> bad(
            IncidentKind kind, List<HubProcess> all, Predicate<HubProcess> is, Function<HubProcess, String> words) {
        List<HubProcess> bad = all.stream().filter(is).toList();
        if (bad.isEmpty()) {
            return Optional.empty();
        }
        Instant since = kind == IncidentKind.PROCESS
                ? bad.stream()
                        .map(HubProcess::beatAt)
                        .min(Comparator.naturalOrder())
                        .orElseThrow()
                : null;
        String named = bad.stream().limit(NAMED).map(words).collect(Collectors.joining("; "));
        String more = bad.size() > NAMED ? "; and %d more".formatted(bad.size() - NAMED) : "";
        return Optional.of(
                new Condition(kind, null, since, since == null ? 0 : bad.size(), "hub").saying(named + more));
    }

    private boolean isFull(HubProcess process) {
        return process.freeBytes() == null || process.freeBytes() < least.toBytes();
    }

    private boolean isWrong(HubProcess process) {
        return process.drift().compareTo(drift) > 0;
    }

    private static String disk(HubProcess process) {
        Long free = process.freeBytes();
        Long total = process.totalBytes();
        return free == null || total == null
                ? "%s: cannot be read".formatted(process.place())
                : "%s: %d MB free of %d MB".formatted(process.place(), free / MEGABYTE, total / MEGABYTE);
    }

    private static String clock(HubProcess process) {
        return "%s: %d s apart".formatted(process.place(), process.drift().toSeconds());
    }
}
