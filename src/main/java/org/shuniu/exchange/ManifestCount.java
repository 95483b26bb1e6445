package org.shuniu.exchange;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.shuniu.document.CaseTimes;
import org.shuniu.partner.Partner;
import org.shuniu.reconciliation.Count;
import org.shuniu.reconciliation.CountFailed;
import org.shuniu.reconciliation.Entry;
import org.shuniu.reconciliation.Period;

/**
 * Counts another region's hub by its daily manifests: its lists are held beside the hub's record in both directions, and each day
 * that is over is countersigned.
 */
final class ManifestCount implements Count {

    private final RegionCalls calls;
    private final Countersigning countersigning;
    private final ManifestDifferences differences;
    private final StateDifferences states;
    private final Clock clock;

    ManifestCount(
            RegionCalls calls,
            Countersigning countersigning,
            ManifestDifferences differences,
            StateDifferences states,
            Clock clock) {
        this.calls = calls;
        this.countersigning = countersigning;
        this.differences = differences;
        this.states = states;
        this.clock = clock;
    }

    @Override
    public void read(Partner partner, Period period, Sink sink) throws CountFailed, InterruptedException {
        RegionManifest theirs = new RegionManifest(calls, partner, clock, sink::goesOn);
        Instant asked = clock.instant();
        LocalDate last = day(period.until());
        for (LocalDate day = day(period.from()); !day.isAfter(last); day = day.plusDays(1)) {
            theirs.each(day, ManifestLists.Side.ACCEPTED, (page, raw) -> {
                sink.take(page.stream().map(ManifestCount::entry).toList(), raw);
                sink.differ(differences.ofAccepted(partner.id(), page));
                sink.differ(states.ofAccepted(partner, page, asked));
            });
            theirs.each(day, ManifestLists.Side.SENT, (page, raw) -> {
                sink.take(List.of(), raw);
                sink.differ(differences.ofSent(partner.id(), page));
                sink.differ(states.ofSent(partner, page, asked));
            });
            if (ManifestLists.isOver(day, clock.instant())) {
                sink.differ(countersigning.countersign(partner, theirs, day));
            }
        }
    }

    private static LocalDate day(Instant moment) {
        return moment.atZone(CaseTimes.SHANGHAI).toLocalDate();
    }

    /** A region has a message once, whatever it is told; two lines of it are the same. */
    private static Entry entry(RegionManifest.Said said) {
        return new Entry(said.messageId(), "", null, said.acceptedAt(), said.isFinal());
    }
}
