package org.shuniu.console;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.shuniu.catalogue.Catalogue;
import org.shuniu.controlbus.FlowGauges;
import org.shuniu.controlbus.FlowReader;
import org.shuniu.document.CaseTimes;
import org.shuniu.partner.Partner;
import org.shuniu.partner.PartnerDirectory;
import org.shuniu.store.Pools;
import org.shuniu.timelimit.TimeLimits;

/** The hub as it is now: every line, and what needs a person. However many look, the database is asked every few seconds. */
final class Picture {

    private static final int MOST = 50;
    private static final int AT_RISK = 1_000;
    private static final int WORKING_DAYS = 1;
    private static final long SLOW_SECONDS = 900;
    private static final long FRESH_SECONDS = 4;

    private record Seen(
            Instant at,
            List<FlowReader.ParkedTogether> parked,
            List<FlowReader.UnsentFiles> unsent,
            List<Map<String, Object>> dead,
            List<TimeLimits.Late> late) {}

    private final FlowGauges flows;
    private final FlowReader reader;
    private final PartnerDirectory partners;
    private final Catalogue catalogue;
    private final TimeLimits limits;
    private final Rates rates;
    private final Clock clock;
    private @Nullable Seen seen;

    Picture(
            FlowGauges flows,
            FlowReader reader,
            PartnerDirectory partners,
            Catalogue catalogue,
            Pools pools,
            Clock clock,
            Rates rates) {
        this.flows = flows;
        this.reader = reader;
        this.partners = partners;
        this.catalogue = catalogue;
        this.limits = new TimeLimits(pools.console().sql(), catalogue, clock);
        this.clock = clock;
        this.rates = rates;
    }

    /** The lines that a person may see, by group; groups without one are left out. */
    Map<Line.Group, List<Line>> lines(ConsoleUser who) {
        Map<Line.Group, List<Line>> lines = new EnumMap<>(Line.Group.class);
        Map<String, FlowReader.Flow> flow = flows.seen();
        for (Partner partner : partners.all()) {
            if (who.sees(partner.id())) {
                Line line = line(partner, flow.get(partner.id()));
                lines.computeIfAbsent(line.group(), group -> new ArrayList<>()).add(line);
            }
        }
        return lines;
    }

    /** One partner's line, read anew. */
    Line line(Partner partner) {
        return line(
                partner,
                reader.flows().stream()
                        .filter(flow -> flow.partner().equals(partner.id()))
                        .findFirst()
                        .orElse(null));
    }

    private Line line(Partner partner, FlowReader.@Nullable Flow flow) {
        LocalDateTime now = LocalDateTime.ofInstant(clock.instant(), CaseTimes.SHANGHAI);
        return new Line(
                partner,
                flow == null ? FlowReader.Flow.quiet(partner) : flow,
                Line.Group.of(partner),
                partner.hours().open(now, catalogue.calendar()),
                rates.lastMinute(partner.id()));
    }

    /** What needs a person, most urgent first. */
    List<Urgent> urgent(ConsoleUser who) {
        List<Urgent> urgent = new ArrayList<>();
        Seen now = seen();
        Set<String> unsent =
                now.unsent().stream().map(FlowReader.UnsentFiles::partner).collect(Collectors.toSet());
        lines(who).values().forEach(group -> group.forEach(line -> ofLine(line, unsent, urgent)));
        now.unsent().stream()
                .filter(files -> who.sees(files.partner()))
                .forEach(files -> urgent.add(new Urgent(
                        Urgent.Kind.FILES,
                        files.partner(),
                        files.since(),
                        files.messages(),
                        "receiver",
                        files.reason(),
                        files.next())));
        now.late().stream()
                .filter(late -> who.sees(late.department()))
                .forEach(late -> urgent.add(new Urgent(
                        Urgent.Kind.LIMIT,
                        late.department(),
                        null,
                        late.cases(),
                        "receiver",
                        String.join(", ", late.first()),
                        null)));
        now.parked().stream()
                .filter(parked -> who.sees(parked.partner()))
                .limit(MOST)
                .forEach(parked -> urgent.add(new Urgent(
                        kind(parked),
                        parked.partner(),
                        parked.since(),
                        parked.messages(),
                        parked.fault() == null ? "hub" : parked.fault(),
                        parked.reason(),
                        null)));
        if (who.partners() == null) {
            ofHub(now, urgent);
        }
        urgent.sort(Comparator.comparing(Urgent::kind)
                .thenComparing(Urgent::messages, Comparator.reverseOrder())
                .thenComparing(Urgent::since, Comparator.nullsLast(Comparator.naturalOrder())));
        return urgent;
    }

    private static Urgent.Kind kind(FlowReader.ParkedTogether parked) {
        return switch (parked.kind()) {
            case "answer" -> Urgent.Kind.ANSWER;
            case "question" -> Urgent.Kind.OVERDUE;
            default -> Urgent.Kind.PARKED;
        };
    }

    private static void ofHub(Seen now, List<Urgent> urgent) {
        if (!now.dead().isEmpty()) {
            Map<String, Object> newest = now.dead().get(0);
            urgent.add(new Urgent(
                    Urgent.Kind.DEAD,
                    null,
                    Line.time(newest.get("since")),
                    now.dead().size(),
                    "hub",
                    String.valueOf(newest.get("reason")),
                    null));
        }
    }

    /** @param unsent partners of whose wait the cause is known */
    private static void ofLine(Line line, Set<String> unsent, List<Urgent> urgent) {
        String id = line.partner().id();
        line.pause("circuit").ifPresent(pause -> urgent.add(paused(Urgent.Kind.CIRCUIT, line, pause, "receiver")));
        line.pause("certificate").ifPresent(pause -> urgent.add(paused(Urgent.Kind.CERTIFICATE, line, pause, "hub")));
        line.pause("operator").ifPresent(pause -> urgent.add(paused(Urgent.Kind.PAUSED, line, pause, "hub")));
        if (line.flow().pauses().isEmpty()
                && !unsent.contains(id)
                && line.flow().retrying() > 0
                && line.flow().oldestSeconds() > SLOW_SECONDS) {
            OffsetDateTime since = OffsetDateTime.now().minusSeconds(line.flow().oldestSeconds());
            urgent.add(new Urgent(Urgent.Kind.BACKLOG, id, since, line.pending(), "receiver", null, null));
        }
    }

    private static Urgent paused(Urgent.Kind kind, Line line, Map<String, Object> pause, String fault) {
        String note = Objects.requireNonNullElse(pause.get("note"), "").toString();
        String said = kind == Urgent.Kind.PAUSED ? "%s: %s".formatted(pause.get("by"), note) : note;
        return new Urgent(
                kind,
                line.partner().id(),
                Line.time(pause.get("since")),
                line.pending(),
                fault,
                said,
                Line.time(pause.get("until")));
    }

    private synchronized Seen seen() {
        Instant now = Instant.now();
        if (seen == null || seen.at().plusSeconds(FRESH_SECONDS).isBefore(now)) {
            seen = new Seen(
                    now,
                    reader.parkedTogether(MOST),
                    reader.unsentFiles(),
                    reader.dead(AT_RISK),
                    limits.late(WORKING_DAYS, AT_RISK));
        }
        return seen;
    }
}
