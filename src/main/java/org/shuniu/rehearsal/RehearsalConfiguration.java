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
import org.springframework.jdbc.core.JdbcTemplate;

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
        JdbcTemplate sql = pools.console().sql();
        RecordedMessages recorded = new RecordedMessages(
                sql,
                new SentDocuments(sql, vault, new Writing(partners, mappings), catalogue),
                new SaidAnswers(sql, vault, adapters, schemas));
        return new Comparisons(recorded, mappings, schemas, hub.mappingsDir(), audit, settings);
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
