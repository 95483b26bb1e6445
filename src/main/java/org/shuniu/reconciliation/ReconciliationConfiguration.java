package org.shuniu.reconciliation;

import java.time.Clock;
import java.util.Map;
import org.shuniu.audit.AuditLog;
import org.shuniu.channel.ChannelAdapters;
import org.shuniu.delivery.DeliveryEngine;
import org.shuniu.evidence.Evidence;
import org.shuniu.mapping.Mappings;
import org.shuniu.partner.PartnerDirectory;
import org.shuniu.store.Pools;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the counting of partners. */
@Configuration(proxyBeanMethods = false)
class ReconciliationConfiguration {

    @Bean
    ReconciliationRunner reconciliationRunner(
            Pools pools,
            Evidence evidence,
            PartnerDirectory partners,
            ChannelAdapters adapters,
            Mappings mappings,
            DeliveryEngine engine,
            ReconciliationProperties settings,
            ObjectProvider<Count> regions,
            Clock clock) {
        CountingCheck.check(partners, mappings);
        Count asked = new QueryCount(adapters, mappings, engine);
        Count exchanged = regions.getIfAvailable(() -> (partner, period, sink) -> {
            throw new CountFailed("the exchange is not open");
        });
        Map<String, Count> ways = Map.of(
                "table", new RowCount(adapters, mappings), "sftp", new FileCount(adapters, mappings), "chx", exchanged);
        return new ReconciliationRunner(
                pools.settlement(),
                evidence.control(),
                partners,
                partner -> ways.getOrDefault(partner.protocol(), asked),
                settings,
                clock);
    }

    @Bean
    Reconciliation reconciliation(
            Pools pools,
            Evidence evidence,
            AuditLog audit,
            PartnerDirectory partners,
            ReconciliationRunner runner,
            DeliveryEngine engine,
            Clock clock) {
        return new Reconciliation(pools.settlement(), evidence.control(), audit, partners, runner, clock, engine::wake);
    }

    @Bean
    CaseReader reconciledCases(Pools pools, ReconciliationProperties settings) {
        return new CaseReader(pools, settings.page(), settings.keep());
    }

    @Bean
    ReportReader reportReader(Pools pools) {
        return new ReportReader(pools);
    }
}
