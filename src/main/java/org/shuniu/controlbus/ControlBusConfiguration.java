package org.shuniu.controlbus;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.shuniu.audit.AuditLog;
import org.shuniu.delivery.DeliveryEngine;
import org.shuniu.enrichment.Enrichments;
import org.shuniu.evidence.Evidence;
import org.shuniu.notice.Notices;
import org.shuniu.partner.PartnerDirectory;
import org.shuniu.store.EventFollower;
import org.shuniu.store.EventLog;
import org.shuniu.store.Pools;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthContributor;
import org.springframework.boot.health.contributor.HealthContributors;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.EnableScheduling;

/** Wires the control bus, its gauges and the health of each partner. */
@Configuration(proxyBeanMethods = false)
@EnableScheduling
class ControlBusConfiguration {

    @Bean
    FlowReader flowReader(Pools pools, PartnerDirectory partners) {
        return new FlowReader(pools, partners);
    }

    @Bean
    WaitingReader waitingReader(Pools pools, DeliveryEngine engine) {
        return new WaitingReader(pools, engine::waitsForRate);
    }

    @Bean
    ControlBus controlBus(
            Pools pools,
            Evidence evidence,
            AuditLog audit,
            PartnerDirectory partners,
            Notices notices,
            Enrichments enrichments,
            DeliveryEngine engine,
            ObjectProvider<EventFollower> follower) {
        return new ControlBus(
                pools.settlement(), events(evidence, follower), audit, partners, notices, enrichments, engine::wake);
    }

    @Bean
    Dismissals dismissals(Pools pools, Evidence evidence, AuditLog audit, ObjectProvider<EventFollower> follower) {
        return new Dismissals(pools.settlement(), events(evidence, follower), audit);
    }

    private static EventLog events(Evidence evidence, ObjectProvider<EventFollower> follower) {
        return follower.getIfAvailable(() -> log -> log).following(evidence.control());
    }

    @Bean
    FlowGauges flowGauges(FlowReader reader, PartnerDirectory partners, MeterRegistry registry) {
        return new FlowGauges(reader, partners, registry);
    }

    /** A partner that is away is shown, but does not make the hub itself unhealthy. */
    @Bean
    HealthContributor partnersHealthContributor(PartnerDirectory partners, FlowGauges gauges) {
        return new CompositeHealthContributor() {
            @Override
            public @Nullable HealthContributor getContributor(String name) {
                return partners.find(name).map(partner -> of(partner.id())).orElse(null);
            }

            @Override
            public Stream<HealthContributors.Entry> stream() {
                return partners.ids().stream().map(id -> new HealthContributors.Entry(id, of(id)));
            }

            private HealthIndicator of(String id) {
                return () -> health(gauges.seen().get(id));
            }
        };
    }

    private static Health health(FlowReader.Flow flow) {
        if (flow == null) {
            return Health.unknown().build();
        }
        Health.Builder health = flow.running() ? Health.up() : Health.status("PAUSED");
        return health.withDetail("waiting", flow.waiting())
                .withDetail("retrying", flow.retrying())
                .withDetail("parked", flow.parked())
                .withDetail("oldestSeconds", flow.oldestSeconds())
                .withDetail(
                        "pauses",
                        flow.pauses().stream().map(pause -> pause.get("reason")).toList())
                .build();
    }
}
