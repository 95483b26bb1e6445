package org.shuniu.console;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.shuniu.incident.Incident;
import org.shuniu.incident.IncidentDesk;
import org.shuniu.incident.IncidentKind;
import org.springframework.stereotype.Component;

/** What the live picture can't see by itself of what needs a person: it stands there as long as the incident is open. */
@Component
final class UrgentIncidents {

    private static final Map<IncidentKind, Urgent.Kind> ADDED = new EnumMap<>(Map.of(
            IncidentKind.DISK, Urgent.Kind.DISK,
            IncidentKind.PROCESS, Urgent.Kind.PROCESS,
            IncidentKind.CONFIGURATION, Urgent.Kind.CONFIGURATION,
            IncidentKind.ERRORS, Urgent.Kind.ERRORS,
            IncidentKind.SILENCE, Urgent.Kind.SILENCE,
            IncidentKind.EXPIRY, Urgent.Kind.EXPIRY,
            IncidentKind.CALENDAR, Urgent.Kind.CALENDAR,
            IncidentKind.CLOCK, Urgent.Kind.CLOCK));

    private final IncidentDesk desk;

    UrgentIncidents(IncidentDesk desk) {
        this.desk = desk;
    }

    /** All of it, most urgent first. */
    List<Urgent> with(List<Urgent> seen, ConsoleUser who) {
        List<Urgent> all = new ArrayList<>(seen);
        for (Incident incident : desk.open(who.partnersOrAll())) {
            Urgent.Kind kind = ADDED.get(incident.kind());
            if (kind != null) {
                all.add(urgent(kind, incident));
            }
        }
        // What is of one kind stays in its order.
        all.sort(Comparator.comparing(Urgent::kind));
        return all;
    }

    private static Urgent urgent(Urgent.Kind kind, Incident incident) {
        return new Urgent(
                kind,
                incident.partner(),
                time(incident.since() == null ? incident.openedAt() : incident.since()),
                incident.cases(),
                incident.fault(),
                incident.said(),
                time(incident.next()));
    }

    private static @Nullable OffsetDateTime time(@Nullable Instant at) {
        return at == null ? null : at.atOffset(ZoneOffset.UTC);
    }
}
