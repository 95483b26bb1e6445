package org.shuniu.showing;

import org.shuniu.audit.AuditLog;
import org.shuniu.store.Pools;
import org.shuniu.vault.Vault;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires what citizens show. */
@Configuration(proxyBeanMethods = false)
class ShowingConfiguration {

    @Bean
    Showings showings(Pools pools, Vault vault, AuditLog audit, ShowingProperties lasts) {
        return new Showings(pools.settlement(), vault, audit, lasts);
    }
}
