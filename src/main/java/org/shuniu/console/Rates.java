package org.shuniu.console;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.shuniu.partner.Partner;
import org.shuniu.partner.PartnerDirectory;
import org.springframework.scheduling.annotation.Scheduled;

/** How many deliveries to each partner arrived in the last minute, counted by this process. */
final class Rates {

    private static final int EVERY_MILLISECONDS = 5_000;
    private static final int A_MINUTE = 60_000 / EVERY_MILLISECONDS;

    private final MeterRegistry registry;
    private final PartnerDirectory partners;
    private final Deque<Map<String, Double>> samples = new ArrayDeque<>();

    Rates(MeterRegistry registry, PartnerDirectory partners) {
        this.registry = registry;
        this.partners = partners;
    }

    @Scheduled(fixedRate = EVERY_MILLISECONDS)
    void sample() {
        Map<String, Double> delivered = new HashMap<>();
        for (Partner partner : partners.all()) {
            Counter counter = registry.find("shuniu.deliveries")
                    .tags("partner", partner.id(), "outcome", "delivered")
                    .counter();
            delivered.put(partner.id(), counter == null ? 0 : counter.count());
        }
        synchronized (samples) {
            samples.addLast(delivered);
            if (samples.size() > A_MINUTE + 1) {
                samples.removeFirst();
            }
        }
    }

    long lastMinute(String partner) {
        synchronized (samples) {
            return samples.isEmpty()
                    ? 0
                    : Math.round(samples.getLast().getOrDefault(partner, 0.0)
                            - samples.getFirst().getOrDefault(partner, 0.0));
        }
    }
}
