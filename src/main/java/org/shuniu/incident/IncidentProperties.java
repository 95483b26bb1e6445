package org.shuniu.incident;

import java.time.Duration;
import java.util.stream.Stream;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * From when on something is an incident; each property is commented in {@code application.yaml}.
 *
 * @param every how often it is looked
 * @param settled how long nothing may be seen of an incident before it is over
 * @param lease after how long another process looks in the place of one that is gone
 * @param circuit how long a partner may not answer
 * @param parked how long a message may wait for a person
 * @param backlog how many deliveries may wait for one partner
 * @param oldest how long one may wait that has been tried
 * @param limitDays working days within which the last day of a statutory limit is a risk
 * @param drift by which the clock of a process may differ from the database's
 * @param disk what must be free under the data directory of a process
 */
@ConfigurationProperties("shuniu.incidents")
public record IncidentProperties(
        @DefaultValue("10s") Duration every,
        @DefaultValue("1m") Duration settled,
        @DefaultValue("30s") Duration lease,
        @DefaultValue("1m") Duration circuit,
        @DefaultValue("1m") Duration parked,
        @DefaultValue("5000") long backlog,
        @DefaultValue("15m") Duration oldest,
        @DefaultValue Errors errors,
        @DefaultValue("1") int limitDays,
        @DefaultValue Silence silence,
        @DefaultValue("5s") Duration drift,
        @DefaultValue("2GB") DataSize disk,
        @DefaultValue Processes processes) {

    /**
     * What each process of the hub says of itself.
     *
     * @param place what the place is called at which this one runs; empty for its host and folder of data
     * @param beat how often it says so
     * @param silent after how long without that it is gone
     * @param forgotten after how long one that is gone is no incident any more, though nobody has said that it does not come back
     */
    public record Processes(
            @DefaultValue("") String place,
            @DefaultValue("10s") Duration beat,
            @DefaultValue("1m") Duration silent,
            @DefaultValue("1d") Duration forgotten) {

        public Processes {
            if (beat.toMillis() < 1 || silent.compareTo(beat.multipliedBy(2)) < 0 || forgotten.compareTo(silent) <= 0) {
                throw new IllegalArgumentException(
                        "shuniu.incidents.processes: beat %s, silent %s, forgotten %s; expected beat above 0, silent at least"
                                        .formatted(beat, silent, forgotten)
                                + " twice as long, forgotten longer than that");
            }
        }
    }

    /**
     * @param share of calls that may fail, 0 to 1
     * @param calls fewer than so many in a window say nothing
     */
    public record Errors(
            @DefaultValue("0.5") double share,
            @DefaultValue("50") int calls,
            @DefaultValue("10m") Duration window) {}

    /**
     * @param after how long nothing may come at an hour at which something usually does
     * @param days working days that say what is usual
     * @param least cases an hour, below which silence says nothing
     */
    public record Silence(
            @DefaultValue("30m") Duration after,
            @DefaultValue("5") int days,
            @DefaultValue("20") int least) {}

    public IncidentProperties {
        boolean times =
                Stream.of(every, lease, errors.window(), silence.after()).allMatch(time -> time.toMillis() > 0)
                        && Stream.of(settled, circuit, parked, oldest, drift).noneMatch(Duration::isNegative);
        if (!times || backlog < 1 || limitDays < 0 || silence.days() < 1 || silence.least() < 1) {
            throw new IllegalArgumentException(
                    "shuniu.incidents: every, lease, errors.window, silence.after, silence.days, silence.least and backlog"
                            + " must be above 0, no other below");
        }
        if (!(errors.share() > 0 && errors.share() <= 1) || errors.calls() < 1) {
            throw new IllegalArgumentException(
                    "shuniu.incidents.errors: share %s, calls %d; expected above 0 up to 1, and 1 or more"
                            .formatted(errors.share(), errors.calls()));
        }
    }
}
