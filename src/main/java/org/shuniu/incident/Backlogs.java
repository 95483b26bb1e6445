package org.shuniu.incident;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Supplier;
import org.shuniu.controlbus.FlowReader;

/** Sees partners for which too much waits, or for too long. */
final class Backlogs implements Watcher {

    private final Supplier<Map<String, FlowReader.Flow>> flows;
    private final ServiceHours hours;
    private final BiPredicate<String, Duration> stopped;
    private final long most;
    private final Duration longest;

    /**
     * @param stopped whether a partner was stopped within a time: then its backlog has a cause that is known
     * @param most deliveries that may wait
     * @param longest how long one may wait that has been tried
     */
    Backlogs(
            Supplier<Map<String, FlowReader.Flow>> flows,
            ServiceHours hours,
            BiPredicate<String, Duration> stopped,
            long most,
            Duration longest) {
        this.flows = flows;
        this.hours = hours;
        this.stopped = stopped;
        this.most = most;
        this.longest = longest;
    }

    @Override
    public Set<IncidentKind> kinds() {
        return Set.of(IncidentKind.BACKLOG);
    }

    @Override
    public List<Condition> look(Instant now) {
        return flows.get().values().stream()
                .filter(this::tooMuch)
                .map(flow -> condition(flow, now))
                .toList();
    }

    /** What waits for a later time by itself is old and not late. What opened stays until a good part of it is gone. */
    private boolean tooMuch(FlowReader.Flow flow) {
        return waiting(flow) >= most - most / 5 || isLate(flow);
    }

    private boolean isLate(FlowReader.Flow flow) {
        return flow.triedSeconds() >= longest.toSeconds();
    }

    private Condition condition(FlowReader.Flow flow, Instant now) {
        String partner = flow.partner();
        Instant since = now.minusSeconds(flow.oldestSeconds());
        return new Condition(IncidentKind.BACKLOG, partner, since, waiting(flow), "receiver")
                .saying("the oldest has waited %d min, %d are tried again"
                        .formatted(flow.oldestSeconds() / 60, flow.retrying()))
                .opens((waiting(flow) >= most || isLate(flow))
                        && hours.openFor(partner, longest)
                        && !stopped.test(partner, longest));
    }

    static long waiting(FlowReader.Flow flow) {
        return flow.waiting() + flow.retrying() + flow.held();
    }
}
