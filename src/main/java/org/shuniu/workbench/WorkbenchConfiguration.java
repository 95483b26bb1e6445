package org.shuniu.workbench;

import java.time.Clock;
import org.shuniu.HubProperties;
import org.shuniu.audit.AuditLog;
import org.shuniu.catalogue.Catalogue;
import org.shuniu.document.DocumentSchemas;
import org.shuniu.mapping.Mappings;
import org.shuniu.rehearsal.RecentMessages;
import org.shuniu.store.Pools;
import org.shuniu.versions.PastVersions;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires what tries mappings while they are written. */
@Configuration(proxyBeanMethods = false)
class WorkbenchConfiguration {

    /** In the directory of data, where proposals were before they were in the database. */
    private static final String FOLDER = "proposals";

    @Bean
    Workbench workbench(PastVersions past, HubProperties hub, Mappings mappings, Catalogue catalogue) {
        return new Workbench(past::folder, hub.mappingsDir(), mappings, catalogue);
    }

    @Bean
    RecentSamples recentSamples(RecentMessages recent, Workbench bench, Mappings mappings, DocumentSchemas schemas) {
        return new RecentSamples(recent, bench.samples(), mappings, schemas);
    }

    @Bean
    Proposals proposals(HubProperties hub, Pools pools, Workbench bench, AuditLog audit, Clock clock) {
        new ProposalFolder(hub.dataDir().resolve(FOLDER), pools.settlement(), audit).takeIn(clock.instant());
        return new Proposals(pools.settlement(), pools.console(), bench, audit, clock);
    }
}
