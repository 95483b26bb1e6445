package org.shuniu.controlbus;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.Collection;
import java.util.Locale;
import org.shuniu.delivery.SettledCounts;

/** Counts what is accepted and what becomes of deliveries, by partner, and how long deliveries took. */
public final class DeliveryMetrics {

    private static final String ACCEPTED = "shuniu.accepted";
    private static final String DELIVERIES = "shuniu.deliveries";

    private final MeterRegistry registry;

    /** Makes every counter at once: a partner at which nothing has gone wrong shows 0 and not nothing. */
    public DeliveryMetrics(MeterRegistry registry, Collection<String> partners) {
        this.registry = registry;
        show(partners);
    }

    /** Makes the counters of partners that have none yet. */
    public void show(Collection<String> partners) {
        for (String partner : partners) {
            registry.counter(ACCEPTED, "partner", partner);
            for (SettledCounts.Kind kind : SettledCounts.Kind.values()) {
                registry.counter(DELIVERIES, "partner", partner, "outcome", outcome(kind));
            }
        }
    }

    /** Called for every message that a sender has got a receipt for, resends left out. */
    public void accepted(String sender) {
        registry.counter(ACCEPTED, "partner", sender).increment();
    }

    /** Called after every group of settlements. */
    public void count(SettledCounts counts) {
        for (SettledCounts.Counted counted : counts.all()) {
            registry.counter(DELIVERIES, "partner", counted.receiver(), "outcome", outcome(counted.kind()))
                    .increment();
            if (counted.age() != null) {
                registry.timer("shuniu.delivery.age", "partner", counted.receiver())
                        .record(counted.age());
            }
        }
    }

    private static String outcome(SettledCounts.Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }
}
