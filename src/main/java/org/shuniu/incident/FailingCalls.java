package org.shuniu.incident;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Supplier;

/** Sees partners at which a large share of calls fails, as this process has counted them. */
final class FailingCalls implements Watcher {

    private record Calls(long failed, long all) {
        Calls since(Calls before) {
            return new Calls(failed - before.failed, all - before.all);
        }
    }

    private record Sample(Instant at, Map<String, Calls> byPartner) {}

    private static final Calls NONE = new Calls(0, 0);

    private final MeterRegistry registry;
    private final Supplier<List<String>> partners;
    private final BiPredicate<String, Duration> stopped;
    private final IncidentProperties.Errors bounds;
    private final Deque<Sample> samples = new ArrayDeque<>();
    private boolean whole;

    /** @param stopped whether a partner was stopped within a time: then its failures have a cause that is known */
    FailingCalls(
            MeterRegistry registry,
            Supplier<List<String>> partners,
            BiPredicate<String, Duration> stopped,
            IncidentProperties.Errors bounds) {
        this.registry = registry;
        this.partners = partners;
        this.stopped = stopped;
        this.bounds = bounds;
    }

    /** Who has not counted for a whole window cannot say that it is over. */
    @Override
    public Set<IncidentKind> kinds() {
        return whole ? Set.of(IncidentKind.ERRORS) : Set.of();
    }

    @Override
    public List<Condition> look(Instant now) {
        Sample newest = new Sample(now, counted());
        samples.addLast(newest);
        whole = !samples.getFirst().at().isAfter(now.minus(bounds.window()));
        while (samples.size() > 1 && samples.getFirst().at().isBefore(now.minus(bounds.window()))) {
            samples.removeFirst();
        }
        List<Condition> failing = new ArrayList<>();
        newest.byPartner().forEach((partner, calls) -> {
            Calls lately = calls.since(samples.getFirst().byPartner().getOrDefault(partner, NONE));
            if (lately.all() >= bounds.calls() && lately.failed() >= bounds.share() * lately.all()) {
                failing.add(condition(partner, lately));
            }
        });
        return failing;
    }

    private Condition condition(String partner, Calls lately) {
        return new Condition(IncidentKind.ERRORS, partner, samples.getFirst().at(), lately.failed(), "receiver")
                .saying("%d of %d calls failed in %d min"
                        .formatted(
                                lately.failed(), lately.all(), bounds.window().toMinutes()))
                .opens(!stopped.test(partner, bounds.window()));
    }

    private Map<String, Calls> counted() {
        Map<String, Calls> counted = new HashMap<>();
        for (String partner : partners.get()) {
            long failed = count(partner, "retried") + count(partner, "parked");
            counted.put(partner, new Calls(failed, failed + count(partner, "delivered") + count(partner, "refused")));
        }
        return counted;
    }

    private long count(String partner, String outcome) {
        Counter counter = registry.find("shuniu.deliveries")
                .tags("partner", partner, "outcome", outcome)
                .counter();
        return counter == null ? 0 : (long) counter.count();
    }
}
