package org.shuniu.controlbus;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;
import org.shuniu.delivery.SettledCounts;

/** Counts outcomes by partner, and how long deliveries took since the case was accepted. */
public final class DeliveryMetrics {

    private final MeterRegistry registry;

    public DeliveryMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    /** Called after every group of settlements. */
    public void count(SettledCounts counts) {
        for (SettledCounts.Counted counted : counts.all()) {
            String outcome = counted.kind().name().toLowerCase(Locale.ROOT);
            registry.counter("shuniu.deliveries", "partner", counted.receiver(), "outcome", outcome)
                    .increment();
            if (counted.age() != null) {
                registry.timer("shuniu.delivery.age", "partner", counted.receiver())
                        .record(counted.age());
            }
        }
    }
}
