package org.shuniu.recovery;

import java.util.HashSet;
import java.util.Set;
import java.util.function.Supplier;
import org.shuniu.audit.AuditLog;
import org.shuniu.controlbus.ControlBus;
import org.shuniu.delivery.DeliveryEngine;
import org.shuniu.document.DocumentChecks;
import org.shuniu.document.DocumentSchemas;
import org.shuniu.evidence.Evidence;
import org.shuniu.mapping.Mappings;
import org.shuniu.partner.PartnerDirectory;
import org.shuniu.store.Pools;
import org.shuniu.vault.Vault;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires recovery plans. */
@Configuration(proxyBeanMethods = false)
class RecoveryConfiguration {

    @Bean
    PlanRunner planRunner(
            Pools pools,
            Evidence evidence,
            AuditLog audit,
            Mappings mappings,
            PartnerDirectory partners,
            RecoveryProperties settings,
            DeliveryEngine engine) {
        return new PlanRunner(
                pools.settlement(), evidence.control(), audit, mappings, partners, settings, engine::wake);
    }

    @Bean
    RecoveryPlans recoveryPlans(Pools pools, AuditLog audit, Mappings mappings, PlanRunner runner) {
        return new RecoveryPlans(pools.settlement(), audit, mappings, runner::wake);
    }

    @Bean
    Corrections corrections(
            Pools pools,
            Vault vault,
            DocumentSchemas schemas,
            DocumentChecks checks,
            Mappings mappings,
            ControlBus bus,
            DeliveryEngine engine) {
        Supplier<Set<String>> known = () -> {
            Set<String> names = new HashSet<>(schemas.names());
            names.addAll(mappings.formFields());
            return names;
        };
        return new Corrections(pools.settlement(), vault, schemas, checks, bus, known, engine::wake);
    }

    @Bean
    PlanReader planReader(Pools pools) {
        return new PlanReader(pools.console());
    }
}
