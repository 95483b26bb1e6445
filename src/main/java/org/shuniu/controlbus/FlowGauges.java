package org.shuniu.controlbus;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToDoubleFunction;
import org.shuniu.partner.Partner;
import org.shuniu.partner.PartnerDirectory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;

/** Shows how many deliveries wait for each partner, and for how long. */
public final class FlowGauges {

    private static final Logger LOG = LoggerFactory.getLogger(FlowGauges.class);

    private final FlowReader reader;
    private final PartnerDirectory partners;
    private final MeterRegistry registry;
    private final Set<String> shown = ConcurrentHashMap.newKeySet();
    private final Map<String, FlowReader.Flow> seen = new ConcurrentHashMap<>();

    public FlowGauges(FlowReader reader, PartnerDirectory partners, MeterRegistry registry) {
        this.reader = reader;
        this.partners = partners;
        this.registry = registry;
        show();
    }

    /** Makes the gauges of partners that have none yet. */
    private void show() {
        partners.all().stream().filter(partner -> shown.add(partner.id())).forEach(this::show);
    }

    private void show(Partner partner) {
        gauge(partner.id(), "shuniu.queue.depth", flow -> flow.waiting() + flow.retrying() + flow.held());
        gauge(partner.id(), "shuniu.queue.retrying", FlowReader.Flow::retrying);
        gauge(partner.id(), "shuniu.parked", FlowReader.Flow::parked);
        gauge(partner.id(), "shuniu.queue.oldest.seconds", FlowReader.Flow::oldestSeconds);
        gauge(partner.id(), "shuniu.partner.running", flow -> flow.running() ? 1 : 0);
        gauge(partner.id(), "shuniu.partner.parallel", flow -> flow.limits().parallel());
        gauge(partner.id(), "shuniu.partner.rate", FlowGauges::perSecond);
        gauge(partner.id(), "shuniu.partner.changed", flow -> flow.limits().change() == null ? 0 : 1);
    }

    /** 0 where there is no limit. */
    private static double perSecond(FlowReader.Flow flow) {
        return flow.limits().perSecond() == null ? 0 : flow.limits().perSecond();
    }

    private void gauge(String partner, String name, ToDoubleFunction<FlowReader.Flow> value) {
        Gauge.builder(name, () -> seen.containsKey(partner) ? value.applyAsDouble(seen.get(partner)) : 0)
                .tag("partner", partner)
                .register(registry);
    }

    /** Reads all flows at once; a scrape costs the database nothing. */
    @Scheduled(fixedDelay = 5_000)
    public void look() {
        try {
            show();
            reader.flows().forEach(flow -> seen.put(flow.partner(), flow));
        } catch (DataAccessException away) {
            LOG.debug("The flows cannot be read now", away);
        }
    }

    /** What was seen last, by partner. */
    public Map<String, FlowReader.Flow> seen() {
        return Map.copyOf(seen);
    }
}
