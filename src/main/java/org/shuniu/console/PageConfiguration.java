package org.shuniu.console;

import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import org.shuniu.audit.AuditLog;
import org.shuniu.audit.AuditSearch;
import org.shuniu.audit.People;
import org.shuniu.catalogue.Catalogue;
import org.shuniu.channel.ChannelAdapters;
import org.shuniu.controlbus.FlowGauges;
import org.shuniu.controlbus.FlowReader;
import org.shuniu.controlbus.WaitingReader;
import org.shuniu.document.DocumentSchemas;
import org.shuniu.handbook.Handbook;
import org.shuniu.mapping.Mappings;
import org.shuniu.partner.PartnerDirectory;
import org.shuniu.search.CaseSearch;
import org.shuniu.store.Pools;
import org.shuniu.timelimit.TimeLimits;
import org.shuniu.translator.Retranslation;
import org.shuniu.vault.Vault;
import org.shuniu.versions.PastVersions;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires what the pages read from. */
@Configuration(proxyBeanMethods = false)
class PageConfiguration {

    @Bean
    Picture picture(
            FlowGauges flows,
            FlowReader reader,
            PartnerDirectory partners,
            Catalogue catalogue,
            Pools pools,
            Clock clock,
            Rates rates) {
        return new Picture(flows, reader, partners, catalogue, pools, clock, rates);
    }

    @Bean
    Rates rates(MeterRegistry registry, PartnerDirectory partners) {
        return new Rates(registry, partners);
    }

    @Bean
    CaseFinder caseFinder(Pools pools, PartnerDirectory partners) {
        return new CaseFinder(pools.console().sql(), partners);
    }

    @Bean
    CaseSearch personSearch(Pools pools, Vault vault, AuditLog audit, ConsoleProperties limits) {
        Looks searches = new Looks(pools.settlement(), audit, CaseSearch.ACTION, limits.searches(), who -> 0);
        return new CaseSearch(pools, vault, searches::allow);
    }

    @Bean
    CaseLife caseLife(Pools pools, WaitingReader waiting, Catalogue catalogue, Clock clock, AuditSearch audit) {
        TimeLimits limits = new TimeLimits(pools.console().sql(), catalogue, clock);
        return new CaseLife(pools.console().sql(), waiting, limits, audit);
    }

    @Bean
    FieldNames fieldNames(DocumentSchemas schemas, Mappings mappings) {
        return new FieldNames(() -> mappings.knownFields(schemas));
    }

    @Bean
    MessageFile messageFile(Pools pools, Vault vault, FieldNames names) {
        return new MessageFile(pools.console().sql(), vault, names);
    }

    @Bean
    Looks looks(Pools pools, AuditLog audit, LookRequests requests, ConsoleProperties limits) {
        return new Looks(pools.settlement(), audit, "looked-at-body", limits.looks(), requests::granted);
    }

    @Bean
    LookRequests lookRequests(Pools pools, AuditLog audit) {
        return new LookRequests(pools, audit);
    }

    @Bean
    DeliveryFile deliveryFile(
            Pools pools,
            Vault vault,
            PartnerDirectory partners,
            Mappings mappings,
            PastVersions past,
            ChannelAdapters adapters) {
        Retranslation retranslation = new Retranslation(partners, mappings, past);
        return new DeliveryFile(pools.console().sql(), vault, retranslation, adapters);
    }

    @Bean
    Handbook handbook(@Value("${shuniu.mappings-dir}") String mappings) {
        return Handbook.load(Path.of(mappings), DocsPage.ADDRESS);
    }

    @Bean
    People people(Pools pools) {
        return new People(pools.console().sql());
    }

    @Bean
    AuditSearch auditSearch(Pools pools) {
        return new AuditSearch(pools.console().sql());
    }
}
