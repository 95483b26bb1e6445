package org.shuniu.rehearsal;

import org.shuniu.HubProperties;
import org.shuniu.audit.AuditLog;
import org.shuniu.catalogue.Catalogue;
import org.shuniu.channel.ChannelAdapters;
import org.shuniu.document.DocumentSchemas;
import org.shuniu.mapping.Mappings;
import org.shuniu.partner.PartnerDirectory;
import org.shuniu.store.Pools;
import org.shuniu.translator.Writing;
import org.shuniu.vault.Vault;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires what tries changed mappings; all of it reads by the pool of people's questions. */
@Configuration(proxyBeanMethods = false)
class RehearsalConfiguration {

    @Bean
    Comparisons comparisons(
            Pools pools,
            Vault vault,
            PartnerDirectory partners,
            Catalogue catalogue,
            ChannelAdapters adapters,
            DocumentSchemas schemas,
            Mappings mappings,
            AuditLog audit,
            RehearsalProperties settings,
            HubProperties hub) {
        RecordedMessages recorded = new RecordedMessages(
                pools.console().sql(),
                sent(pools, vault, partners, mappings, catalogue),
                said(pools, vault, adapters, schemas));
        return new Comparisons(recorded, mappings, schemas, hub.mappingsDir(), audit, settings);
    }

    private static SentDocuments sent(
            Pools pools, Vault vault, PartnerDirectory partners, Mappings mappings, Catalogue catalogue) {
        return new SentDocuments(pools.console().sql(), vault, new Writing(partners, mappings), catalogue);
    }

    private static SaidAnswers said(Pools pools, Vault vault, ChannelAdapters adapters, DocumentSchemas schemas) {
        return new SaidAnswers(pools.console().sql(), vault, adapters, schemas);
    }

    @Bean
    RecentMessages recentMessages(
            Pools pools,
            Vault vault,
            PartnerDirectory partners,
            Catalogue catalogue,
            ChannelAdapters adapters,
            DocumentSchemas schemas,
            Mappings mappings) {
        return new RecentMessages(
                pools.console().sql(),
                sent(pools, vault, partners, mappings, catalogue),
                said(pools, vault, adapters, schemas));
    }

    @Bean
    Rehearser rehearser(
            Pools pools, Mappings mappings, DocumentSchemas schemas, RehearsalProperties settings, HubProperties hub) {
        return new Rehearser(pools.console(), mappings, schemas, hub.mappingsDir(), settings);
    }

    @Bean
    Rehearsals rehearsals(
            Pools pools, Comparisons comparisons, AuditLog audit, RehearsalProperties settings, Rehearser rehearser) {
        return new Rehearsals(pools.settlement(), pools.console(), comparisons, audit, settings, rehearser::wake);
    }
}
