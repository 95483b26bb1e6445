package org.shuniu.recovery;

import java.time.Clock;
import org.shuniu.audit.AuditLog;
import org.shuniu.catalogue.Catalogue;
import org.shuniu.controlbus.ControlBus;
import org.shuniu.delivery.DeliveryEngine;
import org.shuniu.document.DocumentChecks;
import org.shuniu.document.DocumentSchemas;
import org.shuniu.evidence.Evidence;
import org.shuniu.followup.FollowUps;
import org.shuniu.mapping.Mappings;
import org.shuniu.partner.PartnerDirectory;
import org.shuniu.store.EventFollower;
import org.shuniu.store.EventLog;
import org.shuniu.store.Pools;
import org.shuniu.timelimit.TimeLimits;
import org.shuniu.vault.Vault;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;

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
        return new Corrections(pools, vault, schemas, checks, bus, () -> mappings.knownFields(schemas), engine::wake);
    }

    /** Its steps are followed as those of settlements are: it moves a case, and ends its time limit. */
    @Bean
    SenderAnswers senderAnswers(
            Pools pools,
            Vault vault,
            ControlBus bus,
            Evidence evidence,
            ObjectProvider<EventFollower> follower,
            AuditLog audit,
            Catalogue catalogue,
            PartnerDirectory partners,
            Clock clock,
            DeliveryEngine engine) {
        JdbcTemplate sql = pools.settlement().sql();
        EventLog events = follower.getIfAvailable(() -> log -> log)
                .following(new TimeLimits(sql, catalogue, clock).following(evidence.control()));
        FollowUps followUps = new FollowUps(sql, catalogue, partners, vault);
        return new SenderAnswers(
                pools.settlement(), vault, bus, events, audit, followUps, catalogue, partners, engine::wake);
    }

    @Bean
    AnswerReader answerReader(Pools pools, Vault vault, Catalogue catalogue, PartnerDirectory partners) {
        return new AnswerReader(pools.console(), vault, catalogue, partners);
    }

    @Bean
    PlanReader planReader(Pools pools) {
        return new PlanReader(pools.console());
    }
}
