package org.shuniu.reconciliation;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.shuniu.document.CaseTimes;
import org.shuniu.partner.Counting;
import org.shuniu.partner.Partner;
import org.shuniu.partner.PartnerDirectory;
import org.shuniu.store.CaseEvent;
import org.shuniu.store.EventLog;
import org.shuniu.store.Pools;
import org.shuniu.store.RepeatedLook;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;

/**
 * Makes each partner's report when its time has come, one process a report. What is due, and how far it is, stands in the
 * database: a hub that was away makes one report of all that it missed.
 */
final class ReconciliationRunner implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(ReconciliationRunner.class);
    /** How much earlier an effect may stand in a partner's count than its answer in the hub's record. */
    private static final Duration EARLIER = Duration.ofHours(1);

    private static final Duration FIRST = Duration.ofDays(1);

    private final Pools.Door door;
    private final EventLog events;
    private final PartnerDirectory partners;
    private final Function<Partner, Count> counts;
    private final ReconciliationProperties settings;
    private final Clock clock;
    private final ReportStore reports;
    private final Map<String, LocalDate> made = new HashMap<>();
    private final RepeatedLook looks;

    ReconciliationRunner(
            Pools.Door door,
            EventLog events,
            PartnerDirectory partners,
            Function<Partner, Count> counts,
            ReconciliationProperties settings,
            Clock clock) {
        this.door = door;
        this.events = events;
        this.partners = partners;
        this.counts = counts;
        this.settings = settings;
        this.clock = clock;
        this.reports = new ReportStore(door.sql(), UUID.randomUUID(), settings.lease());
        this.looks = new RepeatedLook("reconciliation", settings::every, this::look);
    }

    /** Asks for a report of what was sent since the last one, now; returns the day under which it stands. */
    LocalDate countNow(Partner partner) {
        Counting counting = partner.counting().orElseThrow();
        Instant now = clock.instant();
        CountedDay day = CountedDay.at(counting.at(), now);
        Instant until = now.minus(counting.lag());
        reports.due(partner.id(), day.day(), until.minus(FIRST), until, true);
        looks.wake();
        return day.day();
    }

    private void look() throws InterruptedException {
        door.transaction().executeWithoutResult(status -> countRestored());
        for (Partner partner : partners.all()) {
            partner.counting().ifPresent(counting -> schedule(partner, counting));
        }
        Optional<Report> due = reports.hold();
        while (looks.isRunning() && due.isPresent()) {
            make(due.get());
            due = reports.hold();
        }
    }

    /** What a restored backup does not know is known to partners: they are asked at once. */
    private void countRestored() {
        if (reports.takeRestored()) {
            partners.all().stream()
                    .filter(partner -> partner.counting().isPresent())
                    .forEach(this::countNow);
        }
    }

    private void schedule(Partner partner, Counting counting) {
        CountedDay over = CountedDay.over(counting.at(), clock.instant());
        if (!over.day().equals(made.get(partner.id()))) {
            Instant until = over.end().minus(counting.lag());
            reports.due(partner.id(), over.day(), until.minus(FIRST), until, false);
            made.put(partner.id(), over.day());
        }
    }

    private void make(Report report) throws InterruptedException {
        Optional<Partner> partner =
                partners.find(report.partner()).filter(known -> known.counting().isPresent());
        if (partner.isEmpty()) {
            reports.postpone(report, "the partner is not asked to count any more", FIRST);
            return;
        }
        try {
            requireOpen(partner.get());
            Sums sums = new Sums();
            list(report, partner.get(), sums);
            new Comparison(door, events, reports, settings.page(), report, partner.get(), clock.instant(), sums)
                    .compare();
            end(report, sums);
        } catch (CountFailed failed) {
            LOG.warn("The count of {} could not be had: {}", report.partner(), failed.getMessage());
            reports.postpone(report, failed.getMessage(), settings.again());
        } catch (ReportStore.TakenOver taken) {
            LOG.info("The report of {} is made by another process", report.partner());
        }
    }

    private void requireOpen(Partner partner) throws CountFailed {
        List<String> pauses = door.sql()
                .queryForList("select reason from pause where partner = ? order by reason", String.class, partner.id());
        if (!pauses.isEmpty()) {
            throw new CountFailed("paused (%s)".formatted(String.join(", ", pauses)));
        }
    }

    private void list(Report report, Partner partner, Sums sums) throws CountFailed, InterruptedException {
        Listing listing = new Listing(report, sums);
        Period period = new Period(report.period().from().minus(EARLIER), clock.instant());
        counts.apply(partner).read(partner, period, listing);
        door.transaction().executeWithoutResult(status -> {
            reports.keep(report);
            reports.listed(report, listing.count, listing.digest.digest());
            new Lines(door.sql())
                    .forget(
                            partner.id(),
                            firstKept(
                                    report.day(),
                                    report.period(),
                                    settings.keep(),
                                    partner.counting().flatMap(Counting::resultWithin)));
        });
    }

    /**
     * The first day whose lines are kept: by them it is known, too, who took an application of which no result has come.
     *
     * @param within which a result of the partner's is due
     */
    static LocalDate firstKept(LocalDate day, Period period, int keep, Optional<Duration> within) {
        LocalDate kept = day.minusDays(keep);
        return within.map(wait -> LocalDate.ofInstant(period.from().minus(wait), CaseTimes.SHANGHAI)
                        .minusDays(1))
                .filter(kept::isAfter)
                .orElse(kept);
    }

    /** Keeps what a partner says, page by page. */
    private final class Listing implements Count.Sink {

        private final Report report;
        private final Sums sums;
        private final MessageDigest digest = sha256();
        private long count;

        Listing(Report report, Sums sums) {
            this.report = report;
            this.sums = sums;
        }

        @Override
        public void take(List<Entry> page, byte[] raw) {
            digest.update(raw);
            count += page.size();
            door.transaction().executeWithoutResult(status -> {
                reports.keep(report);
                new Lines(door.sql()).keep(report, page);
            });
        }

        @Override
        public void goesOn() {
            door.transaction().executeWithoutResult(status -> reports.keep(report));
        }

        @Override
        public void differ(List<Difference> differences) {
            List<Findings.Finding> findings =
                    differences.stream().map(ReconciliationRunner::finding).toList();
            findings.forEach(finding -> sums.name(finding.judgement()));
            if (!findings.isEmpty()) {
                door.transaction().executeWithoutResult(status -> {
                    reports.keep(report);
                    new Findings(door.sql(), events).name(report.partner(), report.day(), findings, clock.instant());
                });
            }
        }
    }

    private static Findings.Finding finding(Difference difference) {
        return new Findings.Finding(
                Judgement.of(difference),
                difference.messageId(),
                null,
                difference.caseNo(),
                difference.detail(),
                null,
                difference.state());
    }

    private void end(Report report, Sums sums) {
        door.transaction().executeWithoutResult(status -> {
            reports.keep(report);
            reports.end(report, sums);
            byte[] digest = door.sql()
                    .queryForObject(
                            "select digest from reconciliation where partner = ? and day = ?",
                            byte[].class,
                            report.partner(),
                            report.day());
            events.record(List.of(new CaseEvent(
                    clock.instant(),
                    null,
                    null,
                    null,
                    "reconciled",
                    report.partner(),
                    null,
                    "%s: %s".formatted(report.day(), sums),
                    digest)));
        });
        LOG.info("Reconciled with {} for {}: {}", report.partner(), report.day(), sums);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Override
    public void start() {
        looks.start();
    }

    @Override
    public void stop() {
        try {
            if (looks.stop(settings.lease())) {
                reports.release();
            }
        } catch (DataAccessException away) {
            LOG.warn("The lease of this process's report will lapse by itself: the database is away");
        }
    }

    @Override
    public boolean isRunning() {
        return looks.isRunning();
    }
}
