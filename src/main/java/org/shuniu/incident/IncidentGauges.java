package org.shuniu.incident;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** Shows how many incidents of each kind are open; a scrape costs the database nothing. */
final class IncidentGauges {

    private final Map<IncidentKind, AtomicLong> open = new EnumMap<>(IncidentKind.class);

    IncidentGauges(MeterRegistry registry) {
        for (IncidentKind kind : IncidentKind.values()) {
            AtomicLong count = new AtomicLong();
            open.put(kind, count);
            Gauge.builder("shuniu.incidents.open", count, AtomicLong::get)
                    .tag("kind", kind.word())
                    .register(registry);
        }
    }

    void show(Collection<Incident> incidents) {
        open.forEach((kind, count) -> count.set(
                incidents.stream().filter(incident -> incident.kind() == kind).count()));
    }
}
